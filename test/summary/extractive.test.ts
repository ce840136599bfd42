import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type ArticleText, analyse } from '../../src/language/analyse.ts'
import { HEADLINE, STANDFIRST, type Summary, summarise } from '../../src/summary/extractive.ts'

const BODY = [
  'BERLIN (dpa) – Der Stadtrat von Talheim hat am Montagabend den Bau einer neuen Brücke über die Ohm beschlossen. Für den Neubau stimmten 24 der 31 Ratsmitglieder.',
  'Er soll im kommenden Jahr beginnen und 12 Millionen Euro kosten. Die alte Brücke aus dem Jahr 1912 ist seit dem Hochwasser im Frühjahr gesperrt.',
  '„Wir haben keine Zeit zu verlieren“, sagte Bürgermeisterin Ada Quill nach der Abstimmung.',
  'Foto: Bert Ohm / Tagesbote',
  'Pendler müssen seit März einen Umweg von 14 Kilometern fahren. Das kostet viele von ihnen eine Stunde am Tag.',
  'Lesen Sie auch: Warum die alte Brücke nicht zu retten ist',
]

const ARTICLE: ArticleText = { headline: 'Talheim bekommt eine neue Brücke', body: BODY }

function summaryOf(article: ArticleText): Summary {
  return summarise(analyse(article))
}

/** The article as one string, in which everything that is verbatim can be found. */
function everything({ headline, standfirst, body }: ArticleText): string {
  return [headline, standfirst ?? '', ...body].join('\n')
}

test('the summary has two to four sentences of the article, verbatim, in its order, within 600 characters', () => {
  const { summary, indexes } = summaryOf(ARTICLE)
  assert.ok(summary.length >= 2 && summary.length <= 4)
  assert.ok(summary.join(' ').length <= 600)
  for (const sentence of summary) assert.ok(everything(ARTICLE).includes(sentence), sentence)
  assert.deepEqual(
    [...indexes].sort((a, b) => a - b),
    indexes,
  )
})

test('the dateline, the caption and the pointer to another article are not in the summary', () => {
  const { summary, brief } = summaryOf(ARTICLE)
  assert.equal(
    summary[0],
    'Der Stadtrat von Talheim hat am Montagabend den Bau einer neuen Brücke über die Ohm beschlossen.',
  )
  assert.equal(brief, summary[0])
  assert.ok(!summary.some((sentence) => /Foto|Lesen Sie|dpa/u.test(sentence)))
})

test('a standfirst comes first and is the brief; the rest adds what it lacks', () => {
  const standfirst =
    'Der Stadtrat stimmt mit 24 von 31 Stimmen für einen Neubau. Er kostet 12 Millionen Euro.'
  const { brief, summary, indexes } = summaryOf({ ...ARTICLE, standfirst })
  assert.equal(brief, 'Der Stadtrat stimmt mit 24 von 31 Stimmen für einen Neubau.')
  assert.deepEqual(summary.slice(0, 2), [brief, 'Er kostet 12 Millionen Euro.'])
  assert.deepEqual(indexes.slice(0, 2), [STANDFIRST, STANDFIRST])
  assert.ok(summary.length > 2)
  assert.ok(!summary.slice(2).some((sentence) => sentence.includes('24 der 31')))
})

test('a standfirst that repeats the headline, only asks, or breaks off is passed over', () => {
  for (const standfirst of [
    'Talheim bekommt eine neue Brücke.',
    'Bekommt Talheim nun doch noch eine neue Brücke über die Ohm?',
    'Der Stadtrat von Talheim hat am Montagabend den Bau einer neuen Brücke …',
    'Weiterlesen',
  ]) {
    assert.ok(!summaryOf({ ...ARTICLE, standfirst }).indexes.includes(STANDFIRST), standfirst)
  }
})

test('a sentence that leans on another is chosen only right after it', () => {
  const { summary } = summaryOf(ARTICLE)
  const at = summary.findIndex((sentence) => sentence.startsWith('Er soll'))
  if (at !== -1) assert.match(summary[at - 1] ?? '', /^Für den Neubau/)
  const costs = summary.findIndex((sentence) => sentence.startsWith('Das kostet'))
  if (costs !== -1) assert.match(summary[costs - 1] ?? '', /^Pendler/)
})

test('limits can be set and are kept', () => {
  const { brief, summary } = summarise(analyse(ARTICLE), {
    maxBriefCharacters: 90,
    maxCharacters: 180,
    maxSentences: 2,
  })
  assert.ok(brief.length <= 90, brief)
  assert.ok(summary.length <= 2)
  assert.ok(summary.join(' ').length <= 180)
})

test('an article without a body is its standfirst, or its headline', () => {
  const standfirst = 'Der Stadtrat hat am Montagabend für den Neubau gestimmt.'
  assert.deepEqual(summaryOf({ headline: 'Neue Brücke', standfirst, body: [] }), {
    brief: standfirst,
    summary: [standfirst],
    indexes: [STANDFIRST],
  })
  assert.deepEqual(summaryOf({ headline: 'Neue Brücke', body: [] }), {
    brief: 'Neue Brücke',
    summary: ['Neue Brücke'],
    indexes: [HEADLINE],
  })
  assert.deepEqual(summaryOf({ headline: '', body: [] }), { brief: '', summary: [], indexes: [] })
})

test('a headline that is too long is cut at a word and marked', () => {
  const { brief } = summaryOf({ headline: 'Sehr lange Schlagzeile '.repeat(20).trim(), body: [] })
  assert.ok(brief.length <= 200)
  assert.match(brief, /(?:lange|Schlagzeile|Sehr)…$/u)
})

test('an article that says everything twice is summarised once', () => {
  const { summary } = summaryOf({ headline: 'Neue Brücke', body: [...BODY.slice(0, 3), ...BODY.slice(0, 3)] })
  assert.equal(new Set(summary).size, summary.length)
})

test('whatever the text, a summary is made, keeps its limits, and is verbatim', () => {
  const phrase = fc.constantFrom(
    'Der Rat tagt. ',
    '„Ja“, sagte er. ',
    'z. B. ',
    'www.a.de ',
    '3. Mai ',
    '… ',
    '(',
    '"',
    '« ',
    '今天。',
    '\n',
  )
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.array(phrase, { maxLength: 60 }).map((phrases) => phrases.join('')),
  )
  fc.assert(
    fc.property(
      text,
      fc.option(text, { nil: undefined }),
      fc.array(text, { maxLength: 6 }),
      (headline, standfirst, body) => {
        const article = { headline, standfirst, body }
        const { brief, summary } = summaryOf(article)
        assert.ok(brief.length <= 200)
        assert.ok(summary.length <= 4 && summary.join(' ').length <= 600)
        const whole = everything(article)
        for (const sentence of summary) assert.ok(whole.includes(sentence.replace(/…$/u, '')))
      },
    ),
    { numRuns: 200 },
  )
})
