/**
 * Which writing system a text is in, where that alone tells the language. Only the first 600 letters are read: an
 * article does not change its script.
 */

const MAX_LETTERS = 600

/** Scripts that one language of the news owns. */
const OWNED: readonly (readonly [script: RegExp, language: string])[] = [
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Greek}/u, 'el'],
  [/\p{Script=Thai}/u, 'th'],
  [/\p{Script=Hebrew}/u, 'he'],
  [/\p{Script=Armenian}/u, 'hy'],
  [/\p{Script=Georgian}/u, 'ka'],
  [/\p{Script=Tamil}/u, 'ta'],
  [/\p{Script=Telugu}/u, 'te'],
  [/\p{Script=Kannada}/u, 'kn'],
  [/\p{Script=Malayalam}/u, 'ml'],
  [/\p{Script=Gujarati}/u, 'gu'],
  [/\p{Script=Gurmukhi}/u, 'pa'],
  [/\p{Script=Bengali}/u, 'bn'],
  [/\p{Script=Sinhala}/u, 'si'],
  [/\p{Script=Lao}/u, 'lo'],
  [/\p{Script=Khmer}/u, 'km'],
  [/\p{Script=Myanmar}/u, 'my'],
  [/\p{Script=Ethiopic}/u, 'am'],
]

const LETTER = /\p{L}/gu
const PLAIN = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{P}\p{Z}\p{N}\p{S}\p{C}]*$/u
const KANA = /[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]/
const HAN = /\p{Script=Han}/u
/** Characters as Japan simplified them and nobody else; and characters as only the People's Republic did. */
const JAPANESE_HAN =
  /[円発対気経権図売検県変応戦駅総実際予価労働区両亜囲壊広関拡黒済歳帰択沢浄渋図団囲悪桜栄]/u
const CHINESE_HAN =
  /[们这为说时国对经会发来过现实开门问间进还长动东车马鱼鸟龙见观觉规视亲计认让议讯记讲许论设访证评识诉词译试话该详语误请读调谈谁谢让变应战总际价劳两亚围坏广关扩济归择泽净涩团恶樱荣们她吗呢吧啊这哪您很没]/u

/**
 * The language that the script alone tells, where at least three of ten letters are in it (a Korean headline may be
 * half Latin names); undefined where the script is shared: Latin, Cyrillic, Arabic, Devanagari, or Han without kana.
 */
export function scriptLanguage(text: string): string | undefined {
  const sample = text.slice(0, 4 * MAX_LETTERS)
  if (PLAIN.test(sample)) return undefined
  const letters = (sample.match(LETTER) ?? []).slice(0, MAX_LETTERS)
  const share = (script: RegExp): number =>
    letters.filter((letter) => script.test(letter)).length / letters.length
  const kana = share(KANA)
  const han = share(HAN)
  if (kana + han >= 0.3) return hanLanguage(letters.join(''), kana / (kana + han))
  return OWNED.find(([script]) => share(script) >= 0.3)?.[1]
}

/** A lone の is in fashion in Chinese advertising; Japanese of any length has other kana as well. */
function hanLanguage(text: string, kana: number): string | undefined {
  if (kana >= 0.1 || (kana > 0 && !CHINESE_HAN.test(text))) return 'ja'
  if (CHINESE_HAN.test(text)) return 'zh'
  return JAPANESE_HAN.test(text) ? 'ja' : undefined
}

/** The languages that are written in a script several languages share; all others are written in Latin letters. */
const SHARED_SCRIPTS: readonly (readonly [script: RegExp, languages: ReadonlySet<string>])[] = [
  [/\p{Script=Cyrillic}/gu, new Set(['ru', 'uk', 'bg', 'be', 'sr', 'mk', 'kk'])],
  [/\p{Script=Arabic}/gu, new Set(['ar', 'fa', 'ur', 'ku', 'ps'])],
  [/\p{Script=Devanagari}/gu, new Set(['hi', 'mr', 'ne'])],
  [/\p{Script=Han}/gu, new Set(['zh', 'ja'])],
]
const LATIN = /\p{Script=Latin}/gu
const NOT_LATIN = new Set([
  'ru',
  'uk',
  'bg',
  'be',
  'mk',
  'kk',
  'ar',
  'fa',
  'ur',
  'ps',
  'hi',
  'mr',
  'ne',
  'zh',
  'ja',
])

/** Whether a language can be that of a text, judged by the script that most of its letters are in. */
export function scriptFilter(sample: string): (language: string) => boolean {
  let most = sample.match(LATIN)?.length ?? 0
  let languages: ReadonlySet<string> | undefined
  for (const [script, users] of SHARED_SCRIPTS) {
    const count = sample.match(script)?.length ?? 0
    if (count > most) {
      most = count
      languages = users
    }
  }
  return (language) => (languages === undefined ? !NOT_LATIN.has(language) : languages.has(language))
}
