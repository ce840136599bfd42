/** The catalogs of texts: every language has every sentence, asks for the same values, and can be said whatever the values are. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { IntlMessageFormat } from 'intl-messageformat'
import { en } from '../../../src/discord/text/en.ts'
import { catalogs, isTextKey, sayIn, type Values } from '../../../src/discord/text/say.ts'

type Element = ReturnType<IntlMessageFormat['getAst']>[number]

const languages = ['en', 'de', 'fr', 'es', 'pt']
/** Locales of members, with which the catalogs are asked. */
const locales = ['en-US', 'en-GB', 'de', 'fr', 'es-ES', 'es-419', 'pt-BR', 'pt-PT']
/** None, one, few, many and so many that French and Spanish have a plural of their own for them. */
const counts = [0, 1, 2, 21, 1_000_000]

function catalogOf(language: string): Readonly<Record<string, string>> {
  return catalogs[language] ?? assert.fail(`no catalog: ${language}`)
}

function parsed(text: string): readonly Element[] {
  return new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst()
}

/** Every part of a message, those within plurals and choices too. */
function partsOf(elements: readonly Element[]): readonly Element[] {
  return elements.flatMap((element) => [
    element,
    ...('options' in element
      ? Object.values(element.options).flatMap((option) => partsOf(option.value))
      : []),
  ])
}

interface Argument {
  readonly name: string
  /** The choices of a `select`; undefined of a plural, a number or plain text. */
  readonly choices: readonly string[]
  readonly isNumber: boolean
}

/** `intl-messageformat` numbers its kinds: 1 text, 2 number, 5 select, 6 plural. */
function argumentsOf(text: string): readonly Argument[] {
  const found = partsOf(parsed(text)).flatMap((element): readonly Argument[] => {
    if (element.type < 1 || element.type > 6 || !('value' in element)) return []
    const choices = element.type === 5 && 'options' in element ? Object.keys(element.options) : []
    return [{ name: String(element.value), choices, isNumber: element.type === 2 || element.type === 6 }]
  })
  const merged = Map.groupBy(found, ({ name }) => name)
  return [...merged].map(([name, each]) => ({
    name,
    choices: [...new Set(each.flatMap(({ choices }) => choices))].sort(),
    isNumber: each.some(({ isNumber }) => isNumber),
  }))
}

/** Every set of values a message can be asked with, as far as it speaks differently. */
function samplesOf(text: string): readonly Values[] {
  const wanted = argumentsOf(text)
  const most = Math.max(
    1,
    ...wanted.map(({ choices }) => choices.length),
    wanted.some(({ isNumber }) => isNumber) ? counts.length : 1,
  )
  return Array.from({ length: most }, (_, index) =>
    Object.fromEntries(
      wanted.map(({ name, choices, isNumber }, at) => [
        name,
        isNumber
          ? (counts[(index + at) % counts.length] ?? 0)
          : choices.length > 0
            ? (choices[index % choices.length] ?? 'other')
            : `‹${name}›`,
      ]),
    ),
  )
}

test('the languages spoken are English, German, French, Spanish and Portuguese', () => {
  assert.deepEqual(Object.keys(catalogs), languages)
})

for (const language of languages.filter((each) => each !== 'en')) {
  test(`${language} has every sentence of English and no other, with the same values`, () => {
    const catalog = catalogOf(language)
    assert.deepEqual(Object.keys(catalog).sort(), Object.keys(en).sort())
    for (const [key, text] of Object.entries(en)) {
      const byName = (of: string) => argumentsOf(of).toSorted((a, b) => a.name.localeCompare(b.name))
      assert.deepEqual(byName(catalog[key] ?? ''), byName(text), `${language}: ${key}`)
    }
  })

  test(`${language} was translated: what is a sentence in English is none of English there`, () => {
    const same = Object.entries(en).filter(
      ([key, text]) => /[.!?…]$/.test(text) && catalogOf(language)[key] === text,
    )
    assert.deepEqual(
      same.map(([key]) => key),
      [],
    )
  })
}

test('plurals have the forms that their language knows, and always the one for everything else', () => {
  for (const language of languages) {
    const known = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    for (const [key, text] of Object.entries(catalogOf(language))) {
      for (const element of partsOf(parsed(text))) {
        if (!('options' in element)) continue
        const forms = Object.keys(element.options)
        assert.ok(forms.includes('other'), `${language}: ${key}`)
        if (element.type !== 6) continue
        for (const form of forms) {
          const isKnown = form.startsWith('=') || known.some((each) => each === form)
          assert.ok(isKnown, `${language}: ${key}: no number is "${form}"`)
        }
      }
    }
  }
})

test('every sentence can be said in every locale, whatever the values, and no placeholder is left in it', () => {
  for (const locale of locales) {
    const say = sayIn(locale)
    for (const key of Object.keys(en)) {
      if (!isTextKey(key)) continue
      for (const values of samplesOf(en[key])) {
        const said = say(key, values)
        assert.ok(said.trim() !== '', `${locale}: ${key}`)
        assert.doesNotMatch(said, /[{}]|undefined|\[object/, `${locale}: ${key}: ${said}`)
        for (const value of Object.values(values)) {
          if (typeof value === 'string' && value.startsWith('‹'))
            assert.ok(said.includes(value), `${locale}: ${key}`)
        }
      }
    }
  }
})

test('nobody reads a straight apostrophe or quotation mark', () => {
  for (const language of languages) {
    for (const [key, text] of Object.entries(catalogOf(language))) {
      assert.doesNotMatch(text, /['"]/, `${language}: ${key}: ${text}`)
    }
  }
})

test('what is said in French has a narrow no-break space before ; : ! ? and inside « »', () => {
  const say = sayIn('fr')
  for (const key of Object.keys(en)) {
    if (!isTextKey(key)) continue
    for (const values of samplesOf(en[key])) {
      const said = say(key, values).replace(/https?:\/\/\S+/g, '')
      assert.doesNotMatch(said, /[^\u202f][;:!?»]|«[^\u202f]/u, `${key}: ${said}`)
    }
  }
})

test('no line breaks between a figure and its unit of time', () => {
  const units = /\d (?:min|hours?|days?|Stunden?|Tagen?|Uhr|heures?|jours?|horas?|d[ií]as?|minut\p{L}+)\b/iu
  for (const language of languages) {
    const say = sayIn(language)
    let durations = 0
    for (const key of Object.keys(en)) {
      if (!isTextKey(key)) continue
      for (const values of samplesOf(en[key])) {
        const said = say(key, values)
        assert.doesNotMatch(said, units, `${language}: ${key}: ${said}`)
        if (units.test(said.replaceAll('\u00a0', ' '))) durations += 1
      }
    }
    assert.ok(durations > 10, language)
  }
})

/** What stands in a narrow place, and how many characters it has there. */
const room: readonly (readonly [keys: RegExp, most: number])[] = [
  [/^button\./, 34],
  [/^message\./, 32],
  [/^(?:setup\.(?:own|times)|contents|ruleForm)\.title$/, 45],
  [/^ruleForm\.(?:digest|mode|kind|text|reach)$|^setup\.times\.(?:times|zone)$/, 45],
  [/^setup\.own\.(?:addresses|name|language)$/, 45],
  [/^(?:setup\.(?:own|times)|ruleForm)\.\w+About$|^(?:notice|place)\..*\.about$/, 100],
  [/^rule\.(?:kind|side|reach)\./, 100],
]

test('what stands on a button, in a menu or over a question of a form fits there', () => {
  for (const language of languages) {
    const say = sayIn(language)
    for (const [keys, most] of room) {
      const found = Object.keys(en).filter((key) => keys.test(key))
      assert.notEqual(found.length, 0, String(keys))
      for (const key of found) {
        if (!isTextKey(key)) continue
        const said = say(key, { count: 21, most: 25 })
        assert.ok(said.length <= most, `${language}: ${key}: ${said}`)
      }
    }
  }
})
