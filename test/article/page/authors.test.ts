import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { cleanAuthors, isPersonName } from '../../../src/article/page/authors.ts'

describe('author fields', () => {
  const cases: readonly [string, readonly string[]][] = [
    ['Von Anna Berg und Olaf Kern', ['Anna Berg', 'Olaf Kern']],
    ['By Mara Quill and Tom Ashdown', ['Mara Quill', 'Tom Ashdown']],
    ['Par Lucie Maréchal', ['Lucie Maréchal']],
    ['Por Marta Olmedo y Luis Cano', ['Marta Olmedo', 'Luis Cano']],
    ['Автор: Нина Брусникина', ['Нина Брусникина']],
    ['Anna Berg, Frankfurt', ['Anna Berg']],
    ['Anna Berg, dpa', ['Anna Berg', 'dpa']],
    ['Anna Berg, Chefredakteurin', ['Anna Berg']],
    ['Mara Quill; Tom Ashdown | Jo Stein', ['Mara Quill', 'Tom Ashdown', 'Jo Stein']],
    ['Mara Quill (mara@courier.example)', ['Mara Quill']],
    ['Le Courrier et AFP', ['Le Courrier et AFP']],
    ['https://courier.example/authors/quill', []],
    ['admin', []],
    ['', []],
    ['松岡大地、山田花子', ['松岡大地', '山田花子']],
  ]
  for (const [text, names] of cases) {
    test(`"${text}" name ${names.length === 0 ? 'nobody' : names.join(' + ')}`, () => {
      assert.deepEqual(cleanAuthors([text]), names)
    })
  }

  test('that repeat a name in another case name one author', () => {
    assert.deepEqual(cleanAuthors(['Anna Berg', 'ANNA BERG', 'Olaf Kern']), ['Anna Berg', 'Olaf Kern'])
  })
})

test('people are told from desks and sentences', () => {
  for (const name of ['Anna Berg', 'Ludwig van der Aa', 'Нина Брусникина', '松岡大地'])
    assert.ok(isPersonName(name), name)
  for (const name of ['Redaktion', 'Sign up for more', 'Page 2', '毎日新聞', 'Who is it?'])
    assert.ok(!isPersonName(name), name)
})
