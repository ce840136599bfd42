import assert from 'node:assert/strict'
import { test } from 'node:test'
import { oneLetterOff } from '../../src/language/typos.ts'

test('a word one letter off has a letter left out, put in, mistaken, or two changed places', () => {
  const off = new Set(oneLetterOff('brucke'))
  for (const word of ['brcke', 'bruckee', 'brocke', 'burcke', 'rbucke', 'bruck', 'abrucke'])
    assert.ok(off.has(word), word)
  for (const word of ['brucke', 'brock', 'bruk', 'xbruckex']) assert.ok(!off.has(word), word)
  assert.equal(off.size, oneLetterOff('brucke').length)
})

test('Cyrillic, Greek and other alphabets have letters of their own', () => {
  assert.ok(oneLetterOff('москва').includes('масква'))
  assert.ok(oneLetterOff('αθηνα').includes('αθενα'))
})

test('short words, very long ones, numbers and other scripts are left as they are', () => {
  for (const word of ['', 'abc', 'x'.repeat(25), '2026', '東京都地震', 'u-bahn'])
    assert.deepEqual(oneLetterOff(word), [], word)
})
