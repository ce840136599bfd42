import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { bundledFonts } from '../../src/pictures/fonts.ts'
import { type Lettering, lettering } from '../../src/pictures/lettering.ts'
import { balanced, fit, wrap } from '../../src/pictures/wrap.ts'

const { serif } = bundledFonts()

function letters(text: string): Lettering {
  const found = lettering(text, [serif])
  assert.ok(found !== undefined, text)
  return found
}

/** A width that holds this many of the letter n. */
const ns = (count: number) => serif.widthOf('n'.repeat(count), 20)
const linesOf = (text: string, count: number, maxLines: number) =>
  wrap(letters(text), 20, ns(count), maxLines).lines

test('lines break between words', () => assert.deepEqual(linesOf('nnn nnn nnn', 7, 3), ['nnn nnn', 'nnn']))

test('lines break after hyphens, dashes and slashes within words', () =>
  assert.deepEqual(linesOf('nnnnn-nnnnn/nnnnn', 8, 3), ['nnnnn-', 'nnnnn/', 'nnnnn']))

test('punctuation that stands apart does not begin a line', () =>
  assert.deepEqual(linesOf('nnnnn nnnnn ?', 11, 3), ['nnnnn', 'nnnnn ?']))

test('a word wider than a line is broken', () => {
  assert.deepEqual(linesOf('nnnnnnnnnn', 4, 3), ['nnnn', 'nnnn', 'nn'])
  assert.equal(wrap(letters('nnnnnnnnnn'), 20, ns(4), 3).hasBrokenWord, true)
})

test('what does not fit ends with an ellipsis after a whole word', () => {
  assert.deepEqual(linesOf('nnnn nnnn, nnnn nnnn nnnn', 14, 1), ['nnnn nnnn…'])
  assert.equal(wrap(letters('nnnn nnnn nnnn'), 20, ns(10), 1).isCut, true)
})

test('a single long word is cut within', () => assert.deepEqual(linesOf('nnnnnnnnnnnn', 6, 1), ['nnnn…']))

test('the largest size at which all is whole is taken, and an unbroken word goes before size', () => {
  const one = () => 1
  assert.equal(fit(letters('nnnn nnnn'), [40, 20, 10], ns(10), one).size, 20)
  assert.equal(fit(letters('nnnn'), [40, 20, 10], ns(10), one).size, 40)
  assert.equal(fit(letters('nnnnnnnn'), [40, 20], ns(8), () => 4).size, 20)
  const cut = fit(letters('nnnn '.repeat(40)), [40, 20], ns(10), one)
  assert.deepEqual([cut.size, cut.isCut], [20, true])
})

test('balanced lines are about equally long, and no more of them', () => {
  const text = letters('nnnn nnnn nnnn nnnn nn')
  const full = { ...wrap(text, 20, ns(18), 2), size: 20 }
  assert.deepEqual(full.lines, ['nnnn nnnn nnnn nnnn', 'nn'])
  assert.deepEqual(balanced(text, full, ns(18)).lines, ['nnnn nnnn', 'nnnn nnnn nn'])
})

test('no line is ever wider than its room, and nothing is lost unless it is marked as cut', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abcßЖλ-/–.,!«»…nW'), maxLength: 30 })
  const text = fc.array(word, { minLength: 1, maxLength: 25 }).map((words) => `n ${words.join(' ')}`)
  fc.assert(
    fc.property(
      text,
      fc.integer({ min: 6, max: 40 }),
      fc.integer({ min: 1, max: 6 }),
      (text, count, maxLines) => {
        const given = letters(text)
        const { lines, isCut } = wrap(given, 20, ns(count), maxLines)
        assert.ok(lines.length >= 1 && lines.length <= maxLines)
        for (const line of lines) assert.ok(serif.widthOf(line, 20) <= ns(count) + 1e-9, line)
        const [shown, whole] = [lines.join(''), given.text].map((text) => text.replaceAll(' ', ''))
        if (isCut) assert.ok(shown?.endsWith('…') && whole?.startsWith(shown.slice(0, -1)))
        else assert.equal(shown, whole)
      },
    ),
    { numRuns: 300 },
  )
})
