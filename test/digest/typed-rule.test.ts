import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type DigestFilters,
  describedRule,
  describeRule,
  type FilterRule,
  filtersShape,
  rulesOf,
} from '../../src/digest/filter-rule.ts'
import {
  addRules,
  languageNamed,
  readRules,
  type TypedRule,
  withoutRule,
} from '../../src/digest/typed-rule.ts'

const none: DigestFilters = { include: [], exclude: [] }

function read(text: string, more: Partial<TypedRule> = {}, locale = 'en') {
  return readRules({ text, side: 'exclude', reach: 'text', ...more }, locale)
}

function rules(text: string, more: Partial<TypedRule> = {}): readonly FilterRule[] {
  const result = read(text, more)
  return result.kind === 'rules' ? result.rules : assert.fail(result.code)
}

test('commas and lines part rules; one word is a word, several are a phrase', () => {
  assert.deepEqual(
    rules('Handball, *streik*;\n„Tag der Arbeit“').map(({ kind, text }) => [kind, text]),
    [
      ['words', 'Handball'],
      ['words', '*streik*'],
      ['phrase', 'Tag der Arbeit'],
    ],
  )
  assert.deepEqual(
    rules('one roof', { kind: 'words' }).map(({ kind }) => kind),
    ['phrase'],
  )
  assert.deepEqual(
    rules('a{1,2}b', { kind: 'pattern' }).map(({ text }) => text),
    ['a{1,2}b'],
  )
})

test('where an article comes from has no headline to look at', () => {
  assert.equal(rules('BBC', { kind: 'source', reach: 'headline' })[0]?.reach, 'text')
  assert.equal(rules('BBC', { kind: 'words', reach: 'headline' })[0]?.reach, 'headline')
})

test('a language is named in itself, in the language of the reader, in English, or by its code', () => {
  const named: readonly (readonly [typed: string, locale: string, tag: string | undefined])[] = [
    ['Deutsch', 'fr', 'de'],
    ['allemand', 'fr', 'de'],
    ['German', 'fr', 'de'],
    ['DE', 'fr', 'de'],
    ['en-GB', 'de', 'en-gb'],
    ['xx', 'de', undefined],
    ['Klingon', 'en', undefined],
    ['', 'en', undefined],
  ]
  for (const [typed, locale, tag] of named) assert.equal(languageNamed(typed, locale), tag, typed)
})

test('what can be no rule is a code with what it is about', () => {
  const problems: readonly (readonly [text: string, more: Partial<TypedRule>, code: string])[] = [
    ['  ,; ', {}, 'empty'],
    ['', { kind: 'pattern' }, 'empty'],
    ['ok, str*eik', {}, 'star-inside'],
    ['…', {}, 'no-letter'],
    ['*a', {}, 'short-star'],
    [`${'a '.repeat(13)}`, {}, 'many-words'],
    ['x'.repeat(101), {}, 'long'],
    ['Klingon', { kind: 'language' }, 'language'],
    ['(?=x)y', { kind: 'pattern' }, 'pattern-refused'],
    ['(y', { kind: 'pattern' }, 'pattern-bracket'],
    ['*y', { kind: 'pattern' }, 'pattern-repeats'],
    ['/y/i', { kind: 'pattern' }, 'pattern-slashes'],
    ['y'.repeat(201), { kind: 'pattern' }, 'pattern-long'],
    ['y*', { kind: 'pattern' }, 'pattern-empty'],
  ]
  for (const [text, more, code] of problems) {
    const result = read(text, more)
    assert.ok(result.kind === 'problem', text)
    assert.equal(result.code, code, text)
  }
  assert.equal(
    (() => {
      const result = read('ok, str*eik')
      return result.kind === 'problem' ? result.text : ''
    })(),
    'str*eik',
  )
})

test('rules are added once, whatever their case, and what was written as a list stays understood', () => {
  const written = filtersShape.parse({
    exclude: [{ words: ['Handball', 'Tennis'] }, 'Wahl'],
    include: [{ language: 'de' }],
  })
  const changed = addRules(written, [
    ...rules('HANDBALL, golf, Golf'),
    ...rules('de', { kind: 'language', side: 'include' }),
  ])
  assert.ok(changed.kind === 'changed')
  assert.deepEqual(
    changed.added.map(({ text }) => text),
    ['golf'],
  )
  assert.deepEqual(
    changed.known.map(({ text }) => text),
    ['HANDBALL', 'de'],
  )
  assert.deepEqual(
    rulesOf(changed.filters).map(({ side, text }) => `${side} ${text}`),
    ['exclude Handball', 'exclude Tennis', 'exclude Wahl', 'exclude golf', 'include de'],
  )
  const [, tennis] = rulesOf(changed.filters)
  assert.ok(tennis !== undefined)
  assert.deepEqual(
    rulesOf(withoutRule(changed.filters, tennis)).map(({ text }) => text),
    ['Handball', 'Wahl', 'golf', 'de'],
  )
})

test('a filter has so many rules, and patterns so large, and no more', () => {
  const words = Array.from({ length: 201 }, (_, at) => `word${at}`)
  const full = addRules(
    none,
    words.slice(0, 200).flatMap((word) => rules(word)),
  )
  assert.ok(full.kind === 'changed')
  const over = addRules(full.filters, rules('word200'))
  assert.deepEqual(over, { kind: 'problem', code: 'many-rules', text: '' })
  const patterns = Array.from({ length: 6 }, (_, at) => `${String.fromCharCode(97 + at)}{190}`)
  const large = addRules(
    none,
    patterns.flatMap((pattern) => rules(pattern, { kind: 'pattern' })),
  )
  assert.deepEqual(large, { kind: 'problem', code: 'large-patterns', text: '' })
})

test('a rule that is on record in a line is the rule again', () => {
  const rules: readonly FilterRule[] = [
    { side: 'exclude', kind: 'words', text: 'Hand: ball', reach: 'headline' },
    { side: 'include', kind: 'phrase', text: 'fits none of', reach: 'text' },
    { side: 'exclude', kind: 'language', text: 'de-CH', reach: 'text' },
    { side: 'include', kind: 'unmatched', text: 'storm: surge', reach: 'text' },
  ]
  for (const rule of rules) assert.deepEqual(describedRule(describeRule(rule)), rule)
  assert.equal(describedRule('too old'), undefined)
})
