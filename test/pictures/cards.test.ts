import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type EditionCard, editionCard } from '../../src/pictures/edition-card.ts'
import { bundledFonts } from '../../src/pictures/fonts.ts'
import { renderPng } from '../../src/pictures/render.ts'
import { type StoryCard, storyCard } from '../../src/pictures/story-card.ts'
import { readPng } from './pixels.ts'
import { anyText, assertDrawable, textsOf } from './texts.ts'

const fonts = bundledFonts()
const date = { written: 'Tuesday, 14 October 2025', digits: '2025-10-14' }

const edition = (given: Partial<EditionCard>): EditionCard => ({
  title: 'The Morning Brief',
  number: 'No. 42',
  date,
  headlines: ['Parliament passes the law', 'Storm reaches the coast'],
  brand: 'Depesche',
  ...given,
})

const story = (given: Partial<StoryCard>): StoryCard => ({
  headline: 'Parliament passes the law',
  outlets: ['The Herald'],
  date,
  brand: 'Depesche',
  ...given,
})

const drawEdition = (given: Partial<EditionCard>) => editionCard(edition(given), fonts)
const drawStory = (given: Partial<StoryCard>) => storyCard(story(given), fonts)
const texts = (svg: string) => textsOf(svg).map(({ text }) => text)

test('the card of an edition holds its title, number, date and headlines in order', () => {
  assert.deepEqual(texts(drawEdition({})), [
    'The Morning Brief',
    'No. 42 · Tuesday, 14 October 2025',
    'Depesche',
    '1',
    'Parliament passes the law',
    '2',
    'Storm reaches the coast',
  ])
})

test('at most four headlines are shown, the fewer the larger', () => {
  const sizes = [1, 3, 6].map((count) => {
    const headlines = Array.from({ length: count }, (_, index) => `Headline ${index + 1}`)
    const drawn = textsOf(drawEdition({ headlines })).filter(({ text }) => text.startsWith('Headline'))
    assert.equal(drawn.length, Math.min(4, count))
    return drawn[0]?.size ?? 0
  })
  assert.ok((sizes[0] ?? 0) > (sizes[1] ?? 0), String(sizes))
})

test('four long headlines all have a place', () => {
  const headlines = Array<string>(4).fill(
    'Koalition einigt sich nach langem Streit auf den Haushalt '.repeat(5),
  )
  const drawn = textsOf(drawEdition({ headlines }))
  assert.deepEqual(
    drawn.map(({ text }) => text).filter((text) => /^\d$/.test(text)),
    ['1', '2', '3', '4'],
  )
  assert.equal(drawn.filter(({ text }) => text.endsWith('…')).length, 4)
  assert.ok(drawn.every(({ y }) => y <= 590))
})

test('the card of a story holds its headline, outlets and date', () => {
  assert.deepEqual(texts(drawStory({ outlets: ['The Herald', 'Le Soir'] })), [
    'Depesche',
    'Parliament passes the law',
    'The Herald, Le Soir',
    'Tuesday, 14 October 2025',
  ])
})

test('outlets beyond the room are counted', () => {
  const outlets = ['Frankfurter Allgemeine Zeitung', 'Süddeutsche Zeitung', 'Die Zeit', 'Der Spiegel']
  assert.ok(texts(drawStory({ outlets })).includes('Frankfurter Allgemeine Zeitung +3'))
})

test('a headline that the fonts cannot draw gives way to what they can', () => {
  const japanese = { written: '2025年10月14日', digits: '2025-10-14' }
  assert.deepEqual(
    texts(drawStory({ headline: '国会、気候法案を可決', outlets: ['NHK', '朝日新聞'], date: japanese })),
    ['Depesche', 'NHK', '2025-10-14'],
  )
  const headlines = ['国会、気候法案を可決', '台風接近']
  assert.deepEqual(
    texts(drawEdition({ title: 'Tokyo Morning', number: '第42号', date: japanese, headlines })),
    ['Tokyo Morning', '2025-10-14', 'Depesche'],
  )
  assert.deepEqual(
    texts(drawEdition({ title: '朝のニュース', number: '第42号', date: japanese, headlines })),
    ['Depesche', '2025-10-14'],
  )
})

test('headlines that can be drawn are shown among others that cannot', () => {
  assert.deepEqual(texts(drawEdition({ headlines: ['台風接近', 'Storm nears Tokyo'] })).slice(3), [
    '1',
    'Storm nears Tokyo',
  ])
})

test('a card in Hebrew or Arabic is read from the right', () => {
  const drawn = textsOf(drawStory({ headline: 'מזג האוויר: גשם בצפון!', outlets: ['הארץ'] }))
  const headline = drawn.find(({ text }) => text.includes('מזג'))
  assert.deepEqual([headline?.x, headline?.anchor], [1128, 'end'])
  assert.equal(headline?.text.at(0), '\u2067')
  assert.equal(headline?.text.at(-1), '\u2069')
  const dated = drawn.find(({ text }) => text.includes('2025'))
  assert.deepEqual([dated?.x, dated?.anchor], [72, 'start'])
})

test('markup, emoji and turned directions in a headline do nothing', () => {
  const svg = drawStory({ headline: '<script>x</script> & \u202Eevil\u202C 🎉</text><rect/>' })
  assert.ok(!svg.includes('<script') && !svg.includes('\u202E'))
  assert.equal(
    texts(svg)
      .filter((text) => text !== 'Depesche')
      .slice(0, -2)
      .join(' '),
    '<script>x</script> & evil </text><rect/>',
  )
})

const nasty: readonly (readonly [what: string, headline: string])[] = [
  ['5,000 characters', 'Wort '.repeat(1000)],
  ['one word of 5,000 characters', 'W'.repeat(5000)],
  ['heaps of marks', `Z${'\u0322\u030A'.repeat(300)} `.repeat(50)],
  ['right to left', 'قال الرئيس: إن 25% من الناخبين صوتوا '.repeat(20)],
  ['wide letters', '﷽ﷺ '.repeat(200)],
]

for (const [what, headline] of nasty) {
  test(`text never leaves its box: ${what}`, async () => {
    const cards = [
      drawStory({ headline, outlets: [headline, headline], date: { ...date, written: headline } }),
      drawEdition({ title: headline, number: headline, headlines: Array<string>(5).fill(headline) }),
    ]
    for (const svg of cards) {
      assertDrawable(svg, fonts)
      const { width, height, bytes } = await readPng(await renderPng(svg))
      assert.deepEqual([width, height], [1200, 630])
      const margin = 66 * 4
      const blank = Buffer.alloc(margin, bytes.subarray(20 * width * 4, 20 * width * 4 + 4))
      for (let y = 12; y < height; y += 1) {
        const row = bytes.subarray(y * width * 4, (y + 1) * width * 4)
        assert.ok(blank.equals(row.subarray(0, margin)), `ink left of row ${y}`)
        assert.ok(blank.equals(row.subarray(-margin)), `ink right of row ${y}`)
      }
    }
  })
}

test('whatever is on a card, it is well-formed and nothing is a box', () => {
  fc.assert(
    fc.property(anyText, anyText, fc.array(anyText, { maxLength: 6 }), (one, other, many) => {
      const foreign = { written: other, digits: '2025-10-14' }
      assertDrawable(drawStory({ headline: one, outlets: many, date: foreign, brand: other }), fonts)
      assertDrawable(drawEdition({ title: one, number: other, headlines: many, date: foreign }), fonts)
    }),
    { numRuns: 150 },
  )
})
