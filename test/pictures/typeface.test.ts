import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundledFonts } from '../../src/pictures/fonts.ts'
import { lettering } from '../../src/pictures/lettering.ts'
import { renderPng } from '../../src/pictures/render.ts'
import { picture, rectangle, textLine } from '../../src/pictures/svg.ts'
import { readTypeface } from '../../src/pictures/typeface.ts'
import { inkBox, readPng } from './pixels.ts'

const { serif, sans, sansBold, files } = bundledFonts()
const size = 40

test('a face knows which characters it has', () => {
  for (const character of 'Aßžя№€„…') assert.ok(serif.covers(character) && sans.covers(character), character)
  assert.ok(sansBold.covers('ش') && sansBold.covers('ש'))
  for (const character of '国แक\u{10FFFF}') assert.ok(!sans.covers(character), character)
})

const lines = [
  'Office staff: AVATAR, Tj. “Wiiii” – flight 1,234',
  'Bundesverfassungsgericht prüft Äußerungen',
  'Россия и Ελλάδα',
  'قال الرئيس: إن 25% من الناخبين',
  'ראש הממשלה: "לא נוותר" (2025)',
]

for (const line of lines) {
  for (const face of [serif, sans, sansBold]) {
    const letters = lettering(line, [face])
    if (letters === undefined) continue
    test(`a line takes no more room than was measured: ${line} (${face.family} ${face.weight})`, async () => {
      const svg = picture(
        { width: 1400, height: 100, scale: 1 },
        rectangle(0, 0, 1400, 100, { fill: '#fff' }),
        textLine(letters, letters.text, { x: 100, y: 60, anchor: 'start', size, fill: '#000' }),
      )
      const box = inkBox(await readPng(await renderPng(svg)))
      assert.ok(box !== undefined)
      const measured = face.widthOf(letters.text, size)
      assert.ok(box.left >= 98, `begins at ${box.left}`)
      assert.ok(box.right <= 102 + measured, `ends ${box.right - 100} after ${measured} measured`)
      assert.ok(box.right - box.left > measured * 0.75, `takes ${box.right - box.left} of ${measured}`)
      assert.ok(box.top >= 60 - size && box.bottom <= 60 + size * 0.3, `${box.top} to ${box.bottom}`)
    })
  }
}

test('what is no font is refused', () => {
  const named = { family: 'x', weight: 400 }
  assert.throws(() => readTypeface(new Uint8Array(64), named), /no table/)
  const [file] = files
  assert.ok(file !== undefined)
  const broken = file.slice()
  const at = Buffer.from(broken).indexOf('cmap')
  broken.set(new TextEncoder().encode('xmap'), at)
  assert.throws(() => readTypeface(broken, named), /no table cmap/)
})
