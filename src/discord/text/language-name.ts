/** What a language is called in another: `de` → "German", "Deutsch". */

/** ISO 639-1 or -2 in; what is no language, or is unknown to the runtime, comes back as it is. */
export function languageName(language: string, locale: string): string {
  if (!/^[a-z]{2,3}$/.test(language)) return language
  const names = new Intl.DisplayNames([locale], { type: 'language', fallback: 'code' })
  return names.of(language) ?? language
}
