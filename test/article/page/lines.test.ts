import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readBlocks } from '../../../src/article/page/blocks.ts'
import { boundMarkup } from '../../../src/article/page/bound.ts'
import { parsePage } from '../../../src/article/page/dom.ts'
import {
  isCredit,
  isDateline,
  isEdgeFurniture,
  isFurniture,
  isTimeLine,
} from '../../../src/article/page/furniture.ts'
import { keepArticleLines, readCaptions } from '../../../src/article/page/lines.ts'

const A = 'The harbour at Port Ellery reopened on Monday, nine days after a freighter ran aground.'
const B = 'Two tugs pulled the vessel free before dawn, using the highest tide of the month.'
const C = 'Fishing crews, who lost most of their catch, have asked the council for compensation.'

function keep(html: string, headline = 'Harbour reopens', authors: readonly string[] = []): string[] {
  const document = parsePage(boundMarkup(html).markup)
  const context = { headline, authors, captions: readCaptions(document) }
  return keepArticleLines(readBlocks(document.body), context).map((block) => block.text)
}

describe('lines of an article', () => {
  test('do not repeat the headline, nor each other', () => {
    assert.deepEqual(keep(`<h2>Harbour Reopens</h2><p>${A}</p><p>${B}</p><p>${A}</p>`), [A, B])
  })

  test('do not point to other articles, but may hold links', () => {
    const linked = B.replace('tugs', '<a href="/t">tugs</a>')
    assert.deepEqual(
      keep(`<p>${A}</p><p>Related: <a href="/x">The crew that slept through it</a></p><p>${linked}</p>`),
      [A, B],
    )
  })

  test('are not captions that a picture carries too', () => {
    assert.deepEqual(
      keep(`<p>${A}</p><img alt="The freighter at low tide"><p>The freighter at low tide</p><p>${B}</p>`),
      [A, B],
    )
  })

  test('are not bylines, dates and labels before the first paragraph', () => {
    assert.deepEqual(
      keep(
        `<p>Local news</p><p>By Mara Quill, Port Ellery</p><p>4 May 2026, 06:10</p><p>${A}</p><p>${B}</p>`,
        'x',
        ['Mara Quill'],
      ),
      [A, B],
    )
  })

  test('keep a heading between paragraphs and lose one with nothing under it', () => {
    assert.deepEqual(keep(`<p>${A}</p><h2>Tugs</h2><p>${B}</p><h2>Topics</h2>`), [A, 'Tugs', B])
  })

  test('end with the last paragraph: signatures, biographies and calls to subscribe go', () => {
    const tail = `<p>(mq)</p><p>Mara Quill is the editor of this page and lives by the sea.</p><p>Sign up for our weekly letter from the harbour.</p>`
    assert.deepEqual(keep(`<p>${A}</p><p>${B}</p><p>${C}</p>${tail}`, 'x', ['Mara Quill']), [A, B, C])
  })

  test('stay where a rule would take most of the text', () => {
    const all = `<ul>${[A, B, C].map((text) => `<li><a href="/x">${text}</a></li>`).join('')}</ul><p>${A} ${B}</p>`
    assert.ok(keep(all).length > 0)
    const bylines = `<p>Mara Quill: ${A}</p><p>Mara Quill: ${B}</p>`
    assert.equal(keep(bylines, 'x', ['Mara Quill']).length, 2)
  })
})

describe('furniture', () => {
  test('knows lines of time in many languages', () => {
    for (const line of [
      '10.03.2026, 18:30 Uhr',
      'Stand: 28. April 2026, 16:11 Uhr',
      'Published 4:00 am CST, Wednesday, November 20, 2019',
      'Publié le 30 août 2023 à 14h52',
      'Lesezeit: 2 min',
      '2026年1月12日',
    ])
      assert.ok(isTimeLine(line), line)
    for (const line of ['1968 bis heute Knabenmusik', 'Am 3. Mai kam der Regen', 'Chapter 12'])
      assert.ok(!isTimeLine(line), line)
  })

  test('knows datelines with a few other words', () => {
    assert.ok(isDateline('By HNN Staff | November 18, 2019 at 2:26 PM', 4))
    assert.ok(!isDateline('The council met on November 18, 2019 to speak about the old bridge.', 4))
  })

  test('knows credits of pictures', () => {
    for (const line of [
      'Foto: Jo Stein',
      '© Jo Stein/dpa',
      'The harbour at dawn (AP Photo/Jo Stein)',
      'Die Brücke im Abendlicht (Foto: Jo Stein)',
      'Image: Getty',
    ])
      assert.ok(isCredit(line), line)
    for (const line of [A, 'Die Quelle des Flusses liegt in den Bergen, sagte sie.'])
      assert.ok(!isCredit(line), line)
  })

  test('knows placeholders anywhere and calls to act at the edges only', () => {
    assert.ok(isFurniture('Empfohlener redaktioneller Inhalt'))
    assert.ok(isFurniture('Read more: The crew that slept'))
    assert.ok(!isFurniture('Follow us on the road that leads to the harbour.'))
    assert.ok(isEdgeFurniture('Reporting by Tom Ashdown; editing by Mara Quill'))
    assert.ok(!isEdgeFurniture(A))
  })
})
