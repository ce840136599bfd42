import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkAgainst } from '../../src/summary/check.ts'

const GERMAN = {
  headline: 'Talheim baut eine neue Brücke',
  body: [
    'Der Stadtrat von Talheim hat am Montag den Bau einer Brücke für 12 Millionen Euro beschlossen.',
    'Bürgermeisterin Ada Quill rechnet mit zwei Jahren Bauzeit. Die alte Brücke wird nicht abgerissen.',
  ],
}

const ENGLISH = {
  headline: 'Saltmere to get a new bridge',
  body: [
    'Saltmere council voted on Monday to build a bridge for £12 million.',
    'Mayor Ada Quill expects it to take two years. The old bridge will not be torn down.',
  ],
}

test('a text that says what the article says passes', () => {
  assert.deepEqual(
    checkAgainst(GERMAN, 'Der Stadtrat von Talheim will eine Brücke für 12 Millionen Euro bauen.'),
    [],
  )
  assert.deepEqual(checkAgainst(GERMAN, 'Die alte Brücke wird laut Ada Quill nicht abgerissen.'), [])
  assert.deepEqual(checkAgainst(ENGLISH, 'The council of Saltmere is to build a bridge for £12 million.'), [])
})

test('a name that the article does not have is a doubt', () => {
  assert.deepEqual(checkAgainst(ENGLISH, 'Mayor Bert Sable expects the bridge to take two years.'), [
    { kind: 'name', text: 'Bert' },
    { kind: 'name', text: 'Sable' },
  ])
  const doubts = checkAgainst(GERMAN, 'Bürgermeister Olaf Zander rechnet mit zwei Jahren Bauzeit.')
  assert.ok(doubts.some(({ kind, text }) => kind === 'name' && text === 'Zander'))
})

test('a number that the article does not have is a doubt, however it is written', () => {
  assert.deepEqual(checkAgainst(GERMAN, 'Die Brücke in Talheim kostet 21 Millionen Euro.'), [
    { kind: 'number', text: '21' },
  ])
  const article = { headline: 'Zahlen', body: ['In Talheim leben heute 12.500 Menschen in 3 Ortsteilen.'] }
  assert.deepEqual(checkAgainst(article, 'In Talheim leben 12500 Menschen.'), [])
})

test('what is denied must be denied in the article, and what is affirmed must not be', () => {
  assert.deepEqual(
    checkAgainst(ENGLISH, 'The old bridge will be torn down.').map(({ kind }) => kind),
    ['negation'],
  )
  assert.deepEqual(
    checkAgainst(GERMAN, 'Der Stadtrat von Talheim hat den Bau der Brücke nicht beschlossen.').map(
      ({ kind }) => kind,
    ),
    ['negation'],
  )
})

test('a text in another language, or without words, is a doubt', () => {
  assert.deepEqual(
    checkAgainst(GERMAN, 'The town council has decided to build a bridge over the river.').map(
      ({ kind }) => kind,
    ),
    ['language'],
  )
  assert.deepEqual(
    checkAgainst(GERMAN, ' … ').map(({ kind }) => kind),
    ['empty'],
  )
})
