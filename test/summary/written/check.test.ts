import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkAgainst, type Doubt } from '../../../src/summary/written/check.ts'

const GERMAN = {
  headline: 'Talheim baut eine neue Brücke',
  body: [
    'Der Stadtrat von Talheim hat am Montag mit 14 zu zwölf Stimmen den Bau einer Brücke für 12 Millionen Euro beschlossen.',
    'Bürgermeisterin Ada Quill rechnet mit zwei Jahren Bauzeit. Die alte Brücke wird nicht abgerissen.',
    'Gegen den Plan hatte Olaf Marbach geklagt, das Gericht wies ihn am 6. Dezember ab. Die Brücke wird 340 Meter lang, die Miete im Ort stieg um 4 Prozent.',
  ],
}

const ENGLISH = {
  headline: 'Saltmere to get a new bridge',
  body: [
    'Saltmere council voted by 14 votes to twelve on Monday to build a bridge for £12 million.',
    'Mayor Ada Quill expects it to take two years. The old bridge will not be torn down.',
    '“We have waited for thirty years,” said Captain Idris Fennimore, whose ferry carries 900 people a day. Fares rose by 6.5 per cent in January.',
    'Port Averne, 40 kilometres away, has 1,312 houses. The ferry leaves at 8.11am. In the crash of 2019, 17 people were injured and two died.',
  ],
}

function kinds(article: typeof GERMAN, text: string): readonly Doubt['kind'][] {
  return checkAgainst([article], text, article === GERMAN ? 'de' : 'en').map(({ kind }) => kind)
}

function passes(article: typeof GERMAN, text: string): void {
  assert.deepEqual(checkAgainst([article], text, article === GERMAN ? 'de' : 'en'), [], text)
}

function isDoubted(kind: Doubt['kind'], article: typeof GERMAN, text: string): void {
  assert.ok(kinds(article, text).includes(kind), `${text} → ${kinds(article, text).join()}`)
}

test('a text that says what the article says passes', () => {
  passes(GERMAN, 'Der Stadtrat von Talheim will eine Brücke für 12 Millionen Euro bauen.')
  passes(GERMAN, 'Die alte Brücke wird laut Ada Quill nicht abgerissen.')
  passes(GERMAN, 'Talheims Stadtrat hat den Brückenbau am Montag beschlossen.')
  passes(ENGLISH, 'The council of Saltmere is to build a bridge for £12 million.')
  passes(ENGLISH, 'Fares went up by 6.5 percent in January.')
})

test('a name that the article does not have is a doubt', () => {
  assert.deepEqual(checkAgainst([ENGLISH], 'Mayor Bert Sable expects the bridge to take two years.', 'en'), [
    { kind: 'name', text: 'Bert' },
    { kind: 'name', text: 'Sable' },
  ])
  isDoubted('name', GERMAN, 'Bürgermeister Olaf Zander rechnet mit zwei Jahren Bauzeit.')
  isDoubted('name', GERMAN, 'Die Brücke in Talheim wird von der Strabag gebaut.')
  isDoubted('name', GERMAN, 'Der Stadtrat von Talheim hat am Dienstag den Bau einer Brücke beschlossen.')
})

test('a name that merely begins like one in the article, or is put together from two, is a doubt', () => {
  isDoubted('name', ENGLISH, 'Mayor Ada Quillfeather expects it to take two years.')
  isDoubted('name', ENGLISH, 'Captain Ada Fennimore runs the ferry of Saltmere.')
  isDoubted('name', GERMAN, 'Bürgermeisterin Ada Marbach rechnet mit zwei Jahren Bauzeit.')
  isDoubted('name', GERMAN, 'Gegen den Plan hatte Olaf Marbacher-Zeitz geklagt.')
  isDoubted('name', GERMAN, 'Gunter rechnet mit zwei Jahren Bauzeit.')
})

test('a number that the article does not have is a doubt, however it is written', () => {
  assert.deepEqual(
    checkAgainst([GERMAN], 'Die neue Brücke in Talheim soll 21 Millionen Euro kosten.', 'de'),
    [{ kind: 'number', text: '21 Millionen' }],
  )
  isDoubted('number', GERMAN, 'Der Stadtrat von Talheim hat mit 13 zu zwölf Stimmen den Bau beschlossen.')
  isDoubted(
    'number',
    GERMAN,
    'Der Stadtrat von Talheim hat mit dreizehn zu zwölf Stimmen den Bau beschlossen.',
  )
  isDoubted('number', ENGLISH, 'Mayor Ada Quill expects the bridge to take three years.')
  isDoubted('number', ENGLISH, 'Half of the bridge in Saltmere will be torn down by the council.')
})

test('numbers in words and in digits are the same numbers', () => {
  passes(GERMAN, 'Der Stadtrat von Talheim hat den Bau der Brücke mit vierzehn zu 12 Stimmen beschlossen.')
  passes(GERMAN, 'Die Brücke in Talheim kostet zwölf Millionen Euro.')
  passes(GERMAN, 'Der Bau der Brücke in Talheim kostet 12.000.000 Euro.')
  passes(ENGLISH, 'Saltmere council voted by fourteen votes to 12 to build a bridge.')
  passes(ENGLISH, 'Mayor Ada Quill expects it to take 2 years.')
  passes(ENGLISH, 'The council voted to build a bridge for £12m.')
})

test('a number keeps its unit, its scale and what it counts', () => {
  isDoubted('number', GERMAN, 'Die Brücke in Talheim kostet 12 Milliarden Euro.')
  isDoubted('number', GERMAN, 'Die Brücke in Talheim kostet 12 Millionen Dollar.')
  isDoubted('number', GERMAN, 'Die Brücke wird 340 Kilometer lang.')
  isDoubted('number', GERMAN, 'Ada Quill rechnet mit zwei Monaten Bauzeit.')
  isDoubted('number', GERMAN, 'Das Gericht wies den Kläger Olaf Marbach am 6. Montag ab.')
  isDoubted('number', ENGLISH, 'Port Averne is 40 metres away.')
  isDoubted('number', ENGLISH, 'In the crash of 2019, 17 houses burnt down.')
  isDoubted('number', ENGLISH, 'The ferry leaves at 8.11pm.')
  passes(ENGLISH, 'The ferry leaves at 8:11 am.')
})

test('numbers that were swapped within the article are doubts', () => {
  isDoubted('number', ENGLISH, 'The ferry carries 1,312 people a day.')
  isDoubted('number', ENGLISH, 'Port Averne, 40 kilometres away, has 900 houses.')
  isDoubted('number', GERMAN, 'Ada Quill rechnet mit 14 Jahren Bauzeit.')
})

test('what is denied must be denied in the article, and what is affirmed must not be', () => {
  assert.deepEqual(kinds(ENGLISH, 'The old bridge will be torn down.'), ['negation'])
  isDoubted('negation', GERMAN, 'Der Stadtrat von Talheim hat den Bau der Brücke nicht beschlossen.')
  isDoubted('negation', ENGLISH, 'Mayor Ada Quill never expects it to take two years.')
  passes(ENGLISH, 'Saltmere will get a new bridge, but the old bridge will not be torn down.')
  passes(ENGLISH, 'The council of Saltmere voted not only on Monday to build a bridge.')
})

test('the opposite of what the article says is a doubt', () => {
  isDoubted('opposite', ENGLISH, 'Fares fell by 6.5 per cent in January.')
  isDoubted('opposite', GERMAN, 'Die Miete im Ort sank um 4 Prozent.')
})

test('a quotation must be word for word', () => {
  passes(ENGLISH, '“We have waited for thirty years,” said Captain Idris Fennimore.')
  isDoubted('quotation', ENGLISH, '“We have hoped for thirty years,” said Captain Idris Fennimore.')
})

test('a sentence of which the article has hardly a word is a doubt', () => {
  isDoubted(
    'unsupported',
    ENGLISH,
    'Weather experts predict heavy rainfall across Saltmere throughout spring.',
  )
})

test('a text in another language, or without words, is a doubt', () => {
  assert.deepEqual(kinds(GERMAN, 'The town council has decided to build a bridge over the river.'), [
    'language',
  ])
  assert.deepEqual(kinds(GERMAN, ' … '), ['empty'])
})

test('what any of several articles says is borne out', () => {
  const other = {
    headline: 'Talheim: Brücke kommt',
    body: ['Die Baufirma Erdinger & Söhne baut die Brücke in Talheim.'],
  }
  const text = 'Die Baufirma Erdinger & Söhne baut in Talheim eine Brücke für 12 Millionen Euro.'
  assert.deepEqual(checkAgainst([GERMAN, other], text, 'de'), [])
  assert.notDeepEqual(checkAgainst([GERMAN], text, 'de'), [])
})
