import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundledFonts } from '../../src/pictures/fonts.ts'
import { lettering } from '../../src/pictures/lettering.ts'

const { serif, sans, sansBold } = bundledFonts()
const textOf = (text: string) => lettering(text, [serif, sansBold])?.text

const drawn: readonly (readonly [what: string, given: string, expected: string | undefined])[] = [
  ['plain words', 'Straße, Ğ, Ё and Ωραία', 'Straße, Ğ, Ё and Ωραία'],
  ['direction overrides', 'a\u202Egnp.exe\u202C', 'agnp.exe'],
  ['controls and line breaks', 'one\u0000\u0007\r\ntwo\u2028three', 'one two three'],
  ['emoji', '🎉 Party 👩‍👩‍👧 at 7️⃣ 🇩🇪 ❤️', 'Party at 7 ❤'],
  ['symbols that no font has', 'Rise \u{1D300} of \u{1F8B0} it', 'Rise of it'],
  ['marks apart from letters', 'e\u0301te\u0301 \u0301x', 'été x'],
  ['heaps of marks', `z${'\u0324'.repeat(40)}!`, 'z\u0324\u0324!'],
  ['lone surrogates', 'a\uD800b', 'a\uFFFDb'],
  ['nothing at all', ' \u200B ', undefined],
  ['punctuation alone', '…!?', undefined],
  ['ideographs', '国会、気候法案を可決', undefined],
  ['one word that no font has', 'Xi Jinping (习近平) in Berlin', undefined],
  ['Thai', 'ข่าวเช้า', undefined],
  ['Devanagari', 'समाचार', undefined],
  ['Korean', '아침 뉴스', undefined],
]

for (const [what, given, expected] of drawn) {
  test(`of ${what}, ${expected === undefined ? 'nothing is drawn' : 'what can be drawn stays'}`, () =>
    assert.equal(textOf(given), expected))
}

test('the first face that has every character is taken', () => {
  assert.equal(lettering('News', [serif, sansBold])?.face, serif)
  assert.equal(lettering('חדשות', [serif, sansBold])?.face, sansBold)
  assert.equal(serif.covers('₪'), false, 'the serif has no shekel sign')
  assert.equal(lettering('100 ₪', [serif, sansBold])?.face, sansBold)
})

test('the direction is that of the first letter', () => {
  assert.equal(lettering('2025: חדשות today', [sans])?.isRightToLeft, true)
  assert.equal(lettering('Today: חדשות', [sans])?.isRightToLeft, false)
  assert.equal(lettering('أخبار', [sans])?.isRightToLeft, true)
})

test('the non-joiner stays where it shapes words', () => {
  assert.equal(textOf('می\u200Cخواهم'), 'می\u200Cخواهم')
  assert.equal(textOf('wa\u200Cter'), 'water')
})

test('a headline of any length is bounded before it is measured', () => {
  assert.equal(textOf('x'.repeat(1_000_000))?.length, 1200)
})
