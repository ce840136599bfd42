/** The zone in which most people live who chose a language of Discord: one to begin with, where nothing better is known. */

/** By Discord's locales: developers/reference, Locales. */
const zones: Readonly<Record<string, string>> = {
  id: 'Asia/Jakarta',
  da: 'Europe/Copenhagen',
  de: 'Europe/Berlin',
  'en-GB': 'Europe/London',
  'es-ES': 'Europe/Madrid',
  'es-419': 'America/Mexico_City',
  fr: 'Europe/Paris',
  hr: 'Europe/Zagreb',
  it: 'Europe/Rome',
  lt: 'Europe/Vilnius',
  hu: 'Europe/Budapest',
  nl: 'Europe/Amsterdam',
  no: 'Europe/Oslo',
  pl: 'Europe/Warsaw',
  'pt-BR': 'America/Sao_Paulo',
  ro: 'Europe/Bucharest',
  fi: 'Europe/Helsinki',
  'sv-SE': 'Europe/Stockholm',
  vi: 'Asia/Ho_Chi_Minh',
  tr: 'Europe/Istanbul',
  cs: 'Europe/Prague',
  el: 'Europe/Athens',
  bg: 'Europe/Sofia',
  ru: 'Europe/Moscow',
  uk: 'Europe/Kyiv',
  hi: 'Asia/Kolkata',
  th: 'Asia/Bangkok',
  'zh-CN': 'Asia/Shanghai',
  ja: 'Asia/Tokyo',
  'zh-TW': 'Asia/Taipei',
  ko: 'Asia/Seoul',
}

/** Undefined for `en-US`, at which every server and account stands that nobody set: it tells nothing. */
export function zoneOfLocale(locale: string): string | undefined {
  return zones[locale]
}
