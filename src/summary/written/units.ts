/**
 * Units of measure and money, each under one key however it is written: "km", "Kilometer" and "kilomètres" are the
 * same, "metres" is another. Patterns are shared by all languages, since a text is compared only with its own source.
 */

const word = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`, 'iu')

const UNITS: readonly (readonly [key: string, pattern: RegExp])[] = [
  ['%', word('%|prozent|percent|procent|prosent|procenta?|cento|ciento')],
  ['points', word('prozentpunkt\\p{L}*|percentage|procentenheter|procentpoint|procentpunten|prosentpoeng')],
  ['€', word('€|euros?|eur')],
  ['$', word('\\$|dollars?|dollari|dólar(?:es)?|dolar\\p{L}*|usd')],
  ['£', word('£|pounds?|pfund|gbp|livres?|libras?|sterlin[ae]|funt\\p{L}*')],
  ['¥', word('¥|yen|yuan|renminbi')],
  ['fr', word('franken|francs?|franchi|francos?|chf')],
  ['kr', word('kr|kronor|kroner|kronen?|crowns?|coronas?|korun\\p{L}*|koron\\p{L}*')],
  ['zł', word('zł|złot\\p{L}*|zlot\\p{L}*|sloty')],
  ['₽', word('₽|rubel|rubl\\p{L}*|roubles?')],
  ['cent', word('cents?|pence|centimes?|céntimos?|centesimi|cêntimos?|øre|öre|groszy')],
  ['mm', word('mm|millim\\p{L}+|milím\\p{L}+|milim\\p{L}+')],
  ['cm', word('cm|[czs]entim\\p{L}+|centím\\p{L}+|centym\\p{L}+')],
  ['km²', word('km²|quadratkilometer[ns]?')],
  ['m²', word('m²|qm|quadratmeter[ns]?')],
  ['km/h', word('km/h|stundenkilometer[ns]?|kph|kmh')],
  ['mph', word('mph')],
  ['km', word('km|(?:k|ch|qu)il[oóôò]m[eéèêó]t\\p{L}*')],
  ['m', word('m|m[eéè]t(?:er|re|ro|ri|rr)[ns]?|metrów|metry')],
  ['mile', word('miles?|meilen?|millas?|miglia|milhas?|mijl|mijlen')],
  ['foot', word('ft|feet|foot|fuß|pieds?')],
  ['inch', word('inch(?:es)?|zoll|pouces?|pulgadas?|pollici|polegadas?')],
  ['ha', word('ha|he[ck]t[aá]r\\p{L}*|ettar[io]')],
  ['acre', word('acres?')],
  ['kg', word('kg|kilos?|kilo|chili|quilos?|(?:k|ch|qu)il[oó]gram\\p{L}*')],
  ['g', word('g|gram|gramm|grammes?|gramm?[io]|gramos?|gramas?')],
  ['t', word('t|tonn\\p{L}*|tons?|tonelad\\p{L}*')],
  ['l', word('l|lit(?:er|re|ro|ri|ros|res|rów|ry)[ns]?')],
  ['°', word('°c?f?|grad|degrees?|degrés?|grados?|gradi|graus?|graden|grader|stopni')],
  [
    'second',
    word('s|sek|sekunden?|sekunders?|sekund\\p{L}*|seconds?|secs?|secondes?|segundos?|secondi|seconden'),
  ],
  ['minute', word('min|minut\\p{L}*|minuto|minutos|minuti')],
  [
    'hour',
    word(
      'h|std|stunden?|stündig\\p{L}*|hours?|heures?|horas?|or[ae]|uur|uren|timm\\p{L}*|timer|godzin\\p{L}*',
    ),
  ],
  ['clock', word('uhr|o’clock|clock|klokken|klockan')],
  ['am', word('am')],
  ['pm', word('pm')],
  ['day', word('tage?n?|tägig\\p{L}*|days?|jours?|d[ií]as?|giorn[oi]|dagen?|dag(?:ar|er)?|dni|dzień')],
  [
    'week',
    word(
      'wochen?|wöchig\\p{L}*|weeks?|semaines?|semanas?|settiman[ae]|weken|veck\\p{L}*|uger|uker|tygodni\\p{L}*|tydzień',
    ),
  ],
  [
    'month',
    word(
      'monate?n?|monatig\\p{L}*|months?|mois|mes|mes[ei]|m[eê]ses|mês|maand(?:en)?|månad\\p{L}*|måned\\p{L}*|miesi\\p{L}*',
    ),
  ],
  [
    'year',
    word(
      'jahre?n?|jährig\\p{L}*|years?|ans?|années?|años?|ann[oi]|anos?|jaar|jaren|år|års|året|årig\\p{L}*|årige|lat|lata|rok|roku|letni\\p{L}*',
    ),
  ],
  [
    'decade',
    word('jahrzehnt\\p{L}*|decades?|décennies?|décadas?|decenni[oa]?|decennier|årtier|dekad\\p{L}*'),
  ],
  ['century', word('jahrhundert\\p{L}*|centur(?:y|ies)|siècles?|siglos?|secol[oi]|séculos?|eeuw(?:en)?')],
  ['knot', word('knots?|knoten|kn|nœuds?|nudos|nodi|nós|knopen|knop')],
  ['W', word('w|watts?')],
  ['kW', word('kw|kilowatts?')],
  ['MW', word('mw|megawatts?')],
  ['GW', word('gw|gigawatts?')],
  ['kWh', word('kwh|kilowattstunden?')],
]

const keys = new Map<string, string | undefined>()
const MAX_CACHED = 20_000

/** The key of a unit, or undefined where the word is none. */
export function unitOf(text: string): string | undefined {
  if (!keys.has(text)) {
    if (keys.size >= MAX_CACHED) keys.clear()
    keys.set(text, UNITS.find(([, pattern]) => pattern.test(text))?.[0])
  }
  return keys.get(text)
}

/** Before the number: "$40". */
export const CURRENCY_SIGNS: ReadonlySet<string> = new Set('€ $ £ ¥ ₽'.split(' '))
