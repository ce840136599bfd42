import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkPattern, MAX_PATTERN_LENGTH, patternSet } from '../../src/digest/pattern.ts'

const refusals: readonly (readonly [pattern: string, said: RegExp])[] = [
  ['(?=x)', /^looks ahead .* the safe engine refuses/],
  ['a(?!x)', /^looks ahead/],
  ['(?<=x)a', /^looks behind/],
  ['(?<!x)a', /^looks behind/],
  ['(a)\\1', /^refers back to a group/],
  ['(?>a)', /^holds on to what it has matched/],
  ['(a|b', /^has a "\(" that no "\)" closes/],
  ['a)', /^has a "\)" without a "\("/],
  ['[a-z', /^has a "\[" that no "\]" closes/],
  ['*a', /^repeats nothing/],
  ['a**', /^repeats a repetition/],
  ['a{2000}', /^repeats too often .*"\{2000\}"/],
  ['\\h', /^has a backslash before a character/],
  ['\\p{Foo}', /^has a class of characters that does not exist/],
  ['a\\', /^ends with a lone backslash/],
  ['/live/i', /^is written without slashes around it: live$/],
  ['a*', /^fits every text/],
  ['.*', /^fits every text/],
  ['\\pL{200}\\pL{200}', /^is too large/],
  ['a'.repeat(MAX_PATTERN_LENGTH + 1), /^is longer than 200 characters/],
]

for (const [pattern, said] of refusals) {
  test(`the pattern ${pattern.slice(0, 30)} is refused with a sentence`, () => {
    const result = checkPattern(pattern)
    assert.ok(result.kind === 'problem')
    assert.match(result.problem, said)
  })
}

test('patterns that bring a backtracking engine to its knees are answered at once', () => {
  const fitting = patternSet(['(a+)+$', '(x+x+)+y', '(.*a){12}b'])
  assert.deepEqual(fitting(`${'a'.repeat(400)}!`), [])
  assert.deepEqual(fitting('x'.repeat(40_000)), [])
})

test('a set of patterns tells each that fits, without heed of case', () => {
  const fitting = patternSet(['^live', 'tote[rn]?', '(?-i)USA', '(?P<n>a)b', '(?P<n>b)c'])
  assert.deepEqual(fitting('LIVE: Toter in den USA'), [0, 1, 2])
  assert.deepEqual(fitting('usa abc'), [3, 4])
})
