import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyse } from '../../src/language/analyse.ts'
import { isLater, memberTimes, type Timed } from '../../src/summary/member-times.ts'

const friday = Date.UTC(2026, 10, 20, 14)
const hour = 3_600_000

function told(text: string, given: Partial<Timed> = {}): Timed {
  return { analysis: analyse({ headline: 'Recall', body: [text], declaredLanguage: 'en' }), ...given }
}

/** Which of the two is later; undefined where that cannot be said. */
function later(a: Timed, b: Timed): 'first' | 'second' | undefined {
  const [x, y] = memberTimes([a, b])
  return isLater(x, y) ? 'first' : isLater(y, x) ? 'second' : undefined
}

const undatedWednesday = told('Nine people fell ill, the health office said on Wednesday.')
const undatedSaturday = told('On Saturday the workers learned that the plant stays shut.')

test('the date of publication decides', () => {
  assert.equal(later(told('', { at: friday }), told('', { at: friday - hour })), 'first')
  assert.equal(later(told('', { at: friday }), told('', { at: friday })), undefined)
})

test('an article without a date is told by the day it names, next to those with one', () => {
  assert.equal(later(undatedWednesday, told('', { at: friday })), 'second')
  assert.equal(later(undatedSaturday, told('', { at: friday })), 'first')
  assert.equal(later(told('It said on Friday.'), told('', { at: friday })), undefined)
})

test('two articles without a date are told apart by the days they name', () => {
  assert.equal(later(undatedSaturday, undatedWednesday), 'first')
  const thursday = told('The line said on Thursday that it would stay away.')
  assert.equal(later(thursday, undatedWednesday), 'first')
})

test('when an article was seen says that it is not later, and orders those of which nothing else is known', () => {
  const old = told('Nothing is said of the day.', { seenAt: friday - 48 * hour })
  assert.equal(later(told('', { at: friday }), old), 'first')
  assert.equal(later(told('Nothing either.', { seenAt: friday }), old), 'first')
  assert.equal(later(told('Nothing either.', { seenAt: old.seenAt ?? 0 }), old), undefined)
  assert.equal(later(told('Nothing.'), old), undefined)
})
