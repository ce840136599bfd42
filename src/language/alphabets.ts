/**
 * The letters a language adds to a–z (or, for Cyrillic, to the letters that all its languages share), those of them that
 * mark it, and the share of running text that the marks make up. Orthography references: the languages' entries in Unicode CLDR, "exemplar
 * characters"; the shares are rounded letter frequencies of running text.
 */

export interface Alphabet {
  /** Lower case. */
  readonly letters: ReadonlySet<string>
  /** Those of the letters whose absence from a long text is telling. */
  readonly marks: ReadonlySet<string>
  /** 0 to 1: how much of running text the marks make up. */
  readonly share: number
}

const alphabet = (letters: string, share: number, marks = letters): Alphabet => ({
  letters: new Set(letters),
  marks: new Set(marks),
  share,
})

/** Letters of a–z, or Cyrillic letters that every language below uses; they tell nothing. */
export const COMMON_LETTERS: ReadonlySet<string> = new Set(
  'abcdefghijklmnopqrstuvwxyzабвгдежзклмнопрстуфхцчш',
)

export const alphabets: ReadonlyMap<string, Alphabet> = new Map([
  ['de', alphabet('äöüß', 0.018)],
  ['en', alphabet('', 0)],
  ['fr', alphabet('àâæçèéêëîïôœùûüÿ', 0.035)],
  ['es', alphabet('áéíñóúü', 0.025)],
  ['it', alphabet('àèéìòù', 0.01)],
  ['pt', alphabet('àáâãçéêíóôõú', 0.04)],
  ['ca', alphabet('àçèéíïòóúü·', 0.025)],
  ['nl', alphabet('éëïöüèê', 0.001)],
  ['sv', alphabet('åäöé', 0.045)],
  ['da', alphabet('åæøé', 0.025)],
  ['no', alphabet('åæøéòô', 0.025)],
  ['fi', alphabet('äöå', 0.045)],
  ['pl', alphabet('ąćęłńóśźż', 0.07)],
  ['cs', alphabet('áčďéěíňóřšťúůýž', 0.14)],
  ['sk', alphabet('áäčďéíĺľňóôŕšťúýž', 0.12)],
  ['sl', alphabet('čšž', 0.03)],
  ['hr', alphabet('čćđšž', 0.03)],
  ['hu', alphabet('áéíóöőúüű', 0.12)],
  ['ro', alphabet('ăâîșțşţ', 0.06)],
  ['tr', alphabet('çğıöşüâîû', 0.11)],
  ['id', alphabet('', 0)],
  ['ms', alphabet('', 0)],
  ['tl', alphabet('ñ', 0)],
  ['sq', alphabet('çë', 0.05)],
  ['az', alphabet('çəğıöşü', 0.15)],
  ['et', alphabet('äõöüšž', 0.05)],
  ['lv', alphabet('āčēģīķļņšūž', 0.1)],
  ['lt', alphabet('ąčęėįšųūž', 0.07)],
  ['is', alphabet('áðéíóúýþæö', 0.12)],
  ['eu', alphabet('ñç', 0)],
  ['ru', alphabet('ёийщъыьэюя', 0.028, 'ёыэъ')],
  ['uk', alphabet('єиіїйщьюяґ', 0.08, 'єіїґ')],
  ['be', alphabet('ёійўыьэюя', 0.12, 'іўыэ')],
  ['bg', alphabet('ийщъьюя', 0.02, 'ъ')],
  ['sr', alphabet('ђијљњћџ', 0.05, 'ђјљњћџ')],
])
