import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readAddress, readByline, readSource } from '../../src/article/credits.ts'

suite('bylines and dates', () => {
  const read: readonly (readonly [string, object])[] = [
    ['Von Max Muster', { authors: ['Max Muster'] }],
    ['Von Max Muster und Erika Beispiel, dpa', { authors: ['Max Muster', 'Erika Beispiel'] }],
    ['By Jane Doe, Staff Writer', { authors: ['Jane Doe'] }],
    ["By Seán O'Neill and Ruth van der Meer", { authors: ["Seán O'Neill", 'Ruth van der Meer'] }],
    ['Par Claire Dubois', { authors: ['Claire Dubois'] }],
    ['Autorin: Erika Beispiel', { authors: ['Erika Beispiel'] }],
    ['Автор: Анна Орлова', { authors: ['Анна Орлова'] }],
    ['Stand: 21.11.2026, 14:30 Uhr', { publishedAt: Date.UTC(2026, 10, 21, 14, 30) }],
    ['Published November 21, 2026', { publishedAt: Date.UTC(2026, 10, 21) }],
    ['Publicado el 21 de noviembre de 2026', { publishedAt: Date.UTC(2026, 10, 21) }],
    ['By Jane Doe | 2026-11-21', { authors: ['Jane Doe'], publishedAt: Date.UTC(2026, 10, 21) }],
    ['By Jane Doe, November 21, 2026', { authors: ['Jane Doe'], publishedAt: Date.UTC(2026, 10, 21) }],
    ['Von Max Muster, 21.11.2026', { authors: ['Max Muster'], publishedAt: Date.UTC(2026, 10, 21) }],
  ]
  for (const [line, credits] of read)
    test(`are read: ${line}`, () => assert.deepEqual(readByline(line), credits))

  for (const line of [
    'Von Berlin nach Paris brauchte die Gruppe elf Tage.',
    'By Tuesday the water had reached the second floor.',
    'Par bonheur, personne n’a été blessé.',
    'Am 21.11.2026 stimmt der Rat über den Antrag ab und vertagt sich dann.',
    'Im Jahr 2026 wurde das Bad gebaut',
    'Text',
  ]) {
    test(`are not found in prose: ${line}`, () => assert.equal(readByline(line), undefined))
  }
})

suite('sources and addresses', () => {
  test('markers and labels name the outlet', () => {
    assert.deepEqual(readSource('source-120'), { outlet: 'source-120' })
    assert.deepEqual(readSource('[Source 12]'), { outlet: 'Source 12' })
    assert.deepEqual(readSource('Source: Example Times.'), { outlet: 'Example Times' })
    assert.deepEqual(readSource('Quelle: dpa'), { outlet: 'dpa' })
    assert.deepEqual(readSource('Quelle: https://a.example/b'), { url: 'https://a.example/b' })
    assert.equal(readSource('Sources close to the minister denied it.'), undefined)
    assert.equal(readSource('source-120 was quoted in the report'), undefined)
  })

  test('an address stands alone and is http', () => {
    assert.deepEqual(readAddress('<https://a.example/b?c=1>'), { url: 'https://a.example/b?c=1' })
    assert.deepEqual(readAddress('URL: http://a.example'), { url: 'http://a.example/' })
    for (const line of [
      'see https://a.example',
      'javascript:alert(1)',
      'https://user:pw@a.example/',
      'https://',
    ]) {
      assert.equal(readAddress(line), undefined, line)
    }
  })
})
