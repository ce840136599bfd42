import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { storiesChart } from '../../src/pictures/chart.ts'
import { scaleFor } from '../../src/pictures/chart-plot.ts'
import { bundledFonts } from '../../src/pictures/fonts.ts'
import { accent, articleMark, bar, line } from '../../src/pictures/palette.ts'
import { renderPng } from '../../src/pictures/render.ts'
import { chartOf } from './charts.ts'
import { inkBox, readPng } from './pixels.ts'
import { anyText, assertDrawable, elementsOf, textsOf } from './texts.ts'

const fonts = bundledFonts()
const draw = (given: Parameters<typeof chartOf>[0]) => storiesChart(chartOf(given), fonts)
const texts = (svg: string) => textsOf(svg).map(({ text }) => text)
const filled = (svg: string, name: string, fill: string) =>
  elementsOf(svg, name).filter((element) => element.getAttribute('fill') === fill).length

const fortnight = [12, 9, 0, 31, 7, 5, 14, 22, 18, 3, 0, 8, 27, 16]
const month = Array.from({ length: 30 }, (_, index) => (index * 37) % 90)

test('each day has a bar with its count, today in the accent colour, empty days a stub', () => {
  const svg = draw({ stories: fortnight })
  assert.equal(filled(svg, 'path', bar), 11)
  assert.equal(filled(svg, 'path', accent), 1)
  const stubs = elementsOf(svg, 'rect').filter(
    (element) => element.getAttribute('height') === '3' && element.getAttribute('fill') === line,
  )
  assert.equal(stubs.length, 2)
  const counts = textsOf(svg).filter(({ weight, y }) => weight === 700 && y > 80 && y < 270)
  assert.deepEqual(
    counts.map(({ text }) => Number(text)),
    fortnight,
  )
  assert.deepEqual(
    counts.filter(({ fill }) => fill === accent).map(({ text }) => text),
    ['16'],
  )
})

test('weekdays and dates stand below the bars in the language of the chart', () => {
  const below = textsOf(draw({ stories: fortnight, locale: 'de' })).filter(({ y }) => y > 280)
  assert.equal(
    below
      .filter(({ y }) => y < 290)
      .map(({ text }) => text)
      .join(''),
    'MDFSSMDMDFSSMD',
  )
  assert.deepEqual(
    below.filter(({ y }) => y > 290).map(({ text }) => Number(text)),
    Array.from({ length: 14 }, (_, index) => index + 1),
  )
  assert.ok(texts(draw({ stories: fortnight, locale: 'de' })).includes('1.–14. Okt.'))
})

test('a month bears a date where a week begins, and the counts of its highest day and of today', () => {
  const stories = month.map((count) => count + 100)
  const svg = draw({ stories, locale: 'en' })
  assert.deepEqual(
    texts(svg).filter((text) => text.startsWith('Mon,')),
    ['Mon, Sep 15', 'Mon, Sep 22', 'Mon, Sep 29', 'Mon, Oct 6'],
  )
  assert.ok(texts(svg).includes('Tue, Oct 14'))
  const counts = textsOf(svg).filter(({ weight, y }) => weight === 700 && y > 80 && y < 270)
  assert.deepEqual(
    counts.map(({ text }) => text),
    ['189', '183'],
  )
})

test('articles are thin bars beside those of the stories', () => {
  const svg = draw({ stories: fortnight, articles: fortnight.map((count) => count * 3) })
  assert.equal(filled(svg, 'path', articleMark), 12)
  assert.ok(texts(svg).includes('Articles'))
  assert.ok(!texts(draw({ stories: fortnight })).includes('Articles'))
})

test('in a crowded month with articles, today is told beside its colour alone', () => {
  const svg = draw({ stories: month, articles: month.map((count) => count + 9) })
  assert.deepEqual(
    textsOf(svg).filter(({ weight, y }) => weight === 700 && y > 80 && y < 270),
    [],
  )
  assert.ok(texts(svg).includes('Today: 83'))
})

test('without stories the chart says so', () => {
  assert.ok(texts(draw({ stories: fortnight.map(() => 0) })).includes('No stories yet.'))
  assert.ok(texts(draw({ stories: [] })).includes('No stories yet.'))
  assert.ok(!texts(draw({ stories: fortnight })).includes('No stories yet.'))
})

test('the axis has at most five whole numbers, and the highest count fits', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), (highest) => {
      const { top, step } = scaleFor(highest)
      assert.ok(Number.isInteger(step) && step >= 1)
      assert.ok(top >= highest && top >= 1 && top - highest <= step)
      assert.ok(top / step <= 4 && Number.isInteger(top / step))
    }),
  )
})

test('where the fonts lack a script, the numbers stay and no empty box is drawn', () => {
  for (const locale of ['ja', 'th', 'hi', 'ko', 'ar', 'he']) {
    for (const stories of [fortnight, month]) {
      const svg = draw({ stories, locale, words: { title: '一日の記事', stories: '記事' } })
      assertDrawable(svg, fonts)
      assert.ok(filled(svg, 'path', bar) > 10)
    }
  }
})

test('whatever its words and counts are, the chart is well-formed and nothing is a box', () => {
  const counts = fc.array(fc.oneof(fc.nat(3), fc.nat(99_999_999)), { maxLength: 31 })
  fc.assert(
    fc.property(anyText, anyText, counts, fc.boolean(), (title, word, stories, hasArticles) => {
      const words = { title, stories: word, today: word, articles: title, none: title }
      assertDrawable(draw({ stories, words, ...(hasArticles ? { articles: stories } : {}) }), fonts)
    }),
    { numRuns: 60 },
  )
})

test('the largest charts stay within their card, and small enough for a telephone', async () => {
  const long = 'Überblick '.repeat(50)
  const many = month.map((count) => count * 1_234_567)
  for (const stories of [month, many, many.slice(0, 14)]) {
    const svg = draw({
      stories,
      articles: stories.map((count) => count * 2),
      locale: 'de',
      words: { title: long, stories: long, today: long, articles: long },
    })
    const png = await renderPng(svg)
    assert.ok(png.length <= 60_000, `${png.length} bytes`)
    for (const { x, anchor, text, family, weight, size } of textsOf(svg)) {
      const face = [fonts.serif, fonts.sans, fonts.sansBold].find(
        (face) => face.family === family && face.weight === weight,
      )
      const width = face?.widthOf(text, size) ?? Number.NaN
      const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2
      assert.ok(left >= 4 && left + width <= 556, `${text} lies from ${left} to ${left + width}`)
    }
  }
})

test('the chart is drawn at twice its size, round corners clear', async () => {
  const pixels = await readPng(await renderPng(draw({ stories: fortnight })))
  assert.deepEqual([pixels.width, pixels.height], [1120, 660])
  assert.deepEqual([...pixels.bytes.slice(0, 4)], [0, 0, 0, 0])
  assert.deepEqual(inkBox(pixels), { left: 0, right: 1120, top: 0, bottom: 660 })
})
