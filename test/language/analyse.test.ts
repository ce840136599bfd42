import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Analysis, analyse } from '../../src/language/analyse.ts'

const ARTICLE = {
  headline: 'Stadtrat beschließt neue Brücke',
  standfirst: 'Der Bau soll 12 Mio. Euro kosten. Begonnen wird im Mai.',
  body: [
    'Der Stadtrat von Talheim hat am Montag den Bau einer Brücke beschlossen. Bürgermeisterin Ada Quill sprach von einem guten Tag.',
    'Quill rechnet mit zwei Jahren Bauzeit.',
  ],
}

function stemsOf(analysis: Analysis, stems: readonly number[]): (string | undefined)[] {
  return stems.map((stem) => analysis.vocabulary[stem])
}

test('an article is read once: language, sentences with their paragraph, words and stems', () => {
  const analysis = analyse(ARTICLE)
  assert.equal(analysis.language, 'de')
  assert.deepEqual(
    analysis.sentences.map(({ paragraph, text }) => [paragraph, text.split(' ')[0]]),
    [
      [0, 'Der'],
      [0, 'Bürgermeisterin'],
      [1, 'Quill'],
    ],
  )
  assert.deepEqual(
    analysis.standfirst.map(({ text }) => text),
    ['Der Bau soll 12 Mio. Euro kosten.', 'Begonnen wird im Mai.'],
  )
  assert.deepEqual(stemsOf(analysis, analysis.headline.stems), ['stadtrat', 'beschliesst', 'neu', 'bruck'])
  assert.equal(analysis.sentences[1]?.words, 8)
  assert.deepEqual(analysis.standfirst[0]?.figures, [{ text: '12 Mio. Euro', value: 12_000_000, unit: '€' }])
})

test('every stem of a sentence points into the vocabulary, where each stands once', () => {
  const analysis = analyse(ARTICLE)
  assert.equal(new Set(analysis.vocabulary).size, analysis.vocabulary.length)
  for (const { stems } of [...analysis.sentences, ...analysis.standfirst, analysis.headline]) {
    for (const stem of stems) assert.ok(analysis.vocabulary[stem] !== undefined)
  }
})

test('an analysis survives JSON', () => {
  const analysis = analyse(ARTICLE)
  assert.deepEqual(JSON.parse(JSON.stringify(analysis)), analysis)
})

test('reading time is in whole minutes and at least one', () => {
  assert.equal(analyse(ARTICLE).readingMinutes, 1)
  const long = 'Der Rat hat heute lange über die neue Brücke im Tal beraten. '.repeat(100)
  assert.equal(analyse({ headline: 'Lang', body: [long] }).readingMinutes, 5)
})

test('an empty article gives an empty analysis', () => {
  const analysis = analyse({ headline: '', body: [] })
  assert.equal(analysis.language, 'und')
  assert.deepEqual(analysis.sentences, [])
  assert.deepEqual(analysis.terms, [])
  assert.equal(analysis.readingMinutes, 1)
})

test('the declared language does not overrule the text', () => {
  assert.equal(analyse({ ...ARTICLE, declaredLanguage: 'en' }).language, 'de')
})

test('a text without end is analysed as far as it matters', () => {
  const analysis = analyse({
    headline: 'Viel',
    body: Array.from({ length: 5000 }, () => 'Das ist ein Satz. Und noch einer.'),
  })
  assert.ok(analysis.sentences.length <= 600)
})

test('key terms are the people, places and organisations an article names', () => {
  const german = analyse({
    headline: 'Putin und Raisi sprechen über Handel',
    body: [
      'Der russische Präsident Wladimir Putin hat mit Präsident Ebrahim Raisi telefoniert.',
      'Raisi sprach in Teheran von einer guten Zusammenarbeit. Putin lobte den Handel mit dem Iran.',
      'Die NATO äußerte sich nicht. In Teheran hieß es, der Handel werde wachsen.',
    ],
  }).terms
  const kindOf = (text: string): string | undefined => german.find((term) => term.text === text)?.kind
  assert.equal(kindOf('Wladimir Putin'), 'person')
  assert.equal(kindOf('Ebrahim Raisi'), 'person')
  assert.equal(kindOf('Iran'), 'place')
  assert.equal(kindOf('Teheran'), 'place')
  assert.equal(kindOf('NATO'), 'organisation')
  assert.equal(kindOf('Handel'), undefined)
  assert.equal(german.find((term) => term.text === 'Ebrahim Raisi')?.count, 3)
})

test('English key terms leave out titles, months and the first words of sentences', () => {
  const { terms } = analyse({
    headline: 'Bank of Merrow Raises Rates Again',
    body: [
      'The Bank of Merrow raised rates on Monday, Governor Ann Hale said. Critics were not convinced.',
      'Hale spoke in Saltmere. Rates were last raised in March.',
    ],
  })
  const texts = terms.map(({ text }) => text)
  assert.ok(texts.includes('Ann Hale'))
  assert.ok(texts.includes('Bank of Merrow'))
  assert.ok(texts.includes('Saltmere'))
  for (const word of ['Monday', 'March', 'Critics', 'Rates', 'Governor'])
    assert.ok(!texts.includes(word), word)
})

test('languages without capitals give their repeated words as topics', () => {
  const { terms } = analyse({
    headline: '議会が年金法を可決',
    body: ['議会は年金法を可決した。年金は来年から増える。'],
  })
  assert.ok(terms.some(({ text, kind, count }) => text === '年金' && kind === 'topic' && count >= 2))
})
