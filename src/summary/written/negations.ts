/** Words that deny, by language: whole words, so that "Notiz" does not. */

const words = (list: string): RegExp => new RegExp(`(?<![\\p{L}\\p{M}])(?:${list})(?![\\p{L}\\p{M}])`, 'iu')

export const NEGATIONS: Readonly<Record<string, RegExp>> = {
  de: words('nicht|nichts|nirgend\\p{L}*|nie|niemals|niemand\\p{L}*|kein\\p{L}{0,4}|weder|ohne|kaum'),
  en: words(`not|no|never|none|nobody|nothing|neither|nor|without|cannot|\\p{L}+n['’]t`),
  fr: words(`ne|n|n['’]\\p{L}+|jamais|aucun|aucune|personne ne|rien|sans|ni|non`),
  es: words('no|nunca|jamás|ningún|ninguno|ninguna|nadie|nada|sin|ni|tampoco'),
  it: words('non|mai|nessun|nessuno|nessuna|niente|nulla|senza|né'),
  pt: words('não|nunca|jamais|nenhum|nenhuma|ninguém|nada|sem|nem'),
  nl: words('niet|niets|nooit|niemand|geen|noch|zonder|nergens'),
  sv: words('inte|aldrig|ingen|inget|inga|ej|utan|varken'),
  da: words('ikke|aldrig|ingen|intet|uden|hverken'),
  no: words('ikke|aldri|ingen|intet|uten|verken'),
  pl: words('nie|nigdy|nikt|nikogo|nic|niczego|żad\\p{L}+|bez|ani'),
}

/** What looks like a denial and affirms: "not only … but also", "no doubt", "No. 7". */
export const NO_NEGATIONS =
  /\b(?:nicht (?:nur|zuletzt)|ohne zweifel|not (?:only|just|least)|no doubt|no\.? (?=\d)|non seulement|no s[oó]lo|non solo|n[ãa]o s[óo]|niet (?:alleen|enkel)|inte (?:bara|minst)|ikke (?:kun|bare|mindst|minst)|nie tylko)(?![\p{L}\p{M}])/giu
