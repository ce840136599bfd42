import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyse } from '../../src/language/analyse.ts'
import { isOvertaken, tollOf } from '../../src/summary/overtaken.ts'
import { statementsOf, tellersOf } from '../../src/summary/story-statements.ts'

interface Told {
  readonly at?: number
  readonly text: string
}

const day = 24 * 3_600_000

function read(language: string, articles: readonly Told[]) {
  const members = articles.map(({ at, text }, n) => ({
    id: String(n),
    at: at === undefined ? undefined : at * day,
    analysis: { ...analyse({ headline: 'News', body: [text], declaredLanguage: language }), language },
  }))
  return statementsOf(tellersOf(members, 12)).statements
}

function overtaken(language: string, ...articles: readonly Told[]): readonly string[] {
  const statements = read(language, articles)
  return statements.filter((each) => isOvertaken(each, statements)).map(({ sentence }) => sentence.text)
}

test('an older number of the same matter is out of date', () => {
  const older = 'The police put the damage of the fire at 2 million pounds.'
  const newer = 'The damage of the fire is now put at 5 million pounds by the police.'
  assert.deepEqual(overtaken('en', { at: 1, text: older }, { at: 2, text: newer }), [older])
  assert.deepEqual(overtaken('en', { at: 2, text: newer }, { at: 1, text: older }), [older])
})

test('another number of another matter is not', () => {
  const damage = 'The police put the damage of the fire at 2 million pounds.'
  const sales = 'Last year the company had sales of 31 million pounds in Norland.'
  assert.deepEqual(overtaken('en', { at: 1, text: damage }, { at: 2, text: sales }), [])
})

test('without dates, who gives both numbers knows more', () => {
  const older = 'The police put the damage of the fire at 2 million pounds.'
  const newer = 'The police put the damage of the fire at 5 million pounds, up from 2 million pounds.'
  assert.deepEqual(overtaken('en', { text: older }, { text: newer }), [older])
  assert.deepEqual(
    overtaken('en', { text: older }, { text: newer.replace(', up from 2 million pounds', '') }),
    [],
  )
})

test('people who came to harm are counted in digits and words, whatever they are called', () => {
  const older = 'Nine people fell ill after they had eaten smoked fish from Saltmere.'
  const newer = 'By the morning 16 customers were known to have been infected with the germ.'
  assert.deepEqual(overtaken('en', { at: 1, text: older }, { at: 2, text: newer }), [older])
  const alt = 'Drei Feuerwehrleute wurden bei dem Brand in der Halle leicht verletzt.'
  const neu = 'Die Zahl der Verletzten hat sich nach Angaben der Ärzte auf fünf erhöht.'
  assert.deepEqual(overtaken('de', { at: 1, text: alt }, { at: 2, text: neu }), [alt])
})

test('that nobody was hurt is out of date once somebody was', () => {
  const older = 'Nobody was seriously hurt when the train ran into the mud.'
  const newer = 'Seven passengers are now known to have been hurt in the accident.'
  assert.deepEqual(overtaken('en', { at: 1, text: older }, { at: 2, text: newer }), [older])
  assert.deepEqual(overtaken('en', { at: 2, text: older }, { at: 1, text: newer }), [])
})

test('the newest number of those who came to harm is found, however deep it stands', () => {
  const filler = Array.from({ length: 15 }, (_, n) => `The harbour has seen ferry number ${n} come and go.`)
  const articles = [
    { at: 1, text: 'Seventeen people were hurt when the ferry struck the quay at the harbour.' },
    { at: 2, text: [...filler, 'At least 23 people were hurt in the accident.'].join(' ') },
  ]
  assert.equal(tollOf(read('en', articles))?.sentence.text, 'At least 23 people were hurt in the accident.')
})
