/** Words that deny, by language. Only whole words, and whatever in a script without spaces. */

const words = (list: string): RegExp => new RegExp(`(?<![\\p{L}\\p{M}])(?:${list})(?![\\p{L}\\p{M}])`, 'iu')

export const NEGATIONS: Readonly<Record<string, RegExp>> = {
  de: words('nicht|nichts|nie|niemals|niemand|kein|keine|keinen|keinem|keiner|keines|weder|ohne|kaum'),
  en: words(`not|no|never|none|nobody|nothing|neither|nor|without|cannot|\\p{L}+n['’]t`),
  fr: words(`ne|n|n['’]\\p{L}+|jamais|aucun|aucune|personne ne|rien|sans|ni|non`),
  es: words('no|nunca|jamás|ningún|ninguno|ninguna|nadie|nada|sin|ni|tampoco'),
  it: words('non|mai|nessun|nessuno|nessuna|niente|nulla|senza|né'),
  pt: words('não|nunca|jamais|nenhum|nenhuma|ninguém|nada|sem|nem'),
  nl: words('niet|niets|nooit|niemand|geen|noch|zonder'),
  sv: words('inte|aldrig|ingen|inget|inga|ej|utan|varken'),
  da: words('ikke|aldrig|ingen|intet|uden|hverken'),
  no: words('ikke|aldri|ingen|intet|uten|verken'),
  fi: words('ei|en|et|emme|ette|eivät|älä|ilman|koskaan'),
  pl: words('nie|nigdy|nikt|nic|żaden|żadna|żadne|bez|ani'),
  cs: words('ne|není|nejsou|nikdy|nikdo|nic|žádný|žádná|žádné|bez|ani|ne\\p{L}{3,}'),
  sk: words('nie|nikdy|nikto|nič|žiadny|žiadna|žiadne|bez|ani|ne\\p{L}{3,}'),
  ru: words('не|нет|ни|никогда|никто|ничего|нельзя|без'),
  uk: words('не|немає|ні|ніколи|ніхто|нічого|не можна|без'),
  tr: words(
    'değil|yok|hiç|asla|olmadan|\\p{L}+(?:madı|medi|mıyor|miyor|muyor|müyor|maz|mez|mayacak|meyecek)',
  ),
  ja: /ない|なかった|ません|ず(?=、|に)|無/,
  zh: /不|没|沒|無|无|未|非/,
  ko: /않|없|못|안 /,
  ar: words('لا|لم|لن|ليس|ليست|غير|بدون|دون|ما من'),
  hi: words('नहीं|न|ना|मत|बिना'),
}
