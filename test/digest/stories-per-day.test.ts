import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  chartAlt,
  dayFormat,
  dayRange,
  type SayChart,
  type StoriesPerDay,
  weekdayOf,
} from '../../src/digest/stories-per-day.ts'
import { chartOf } from '../pictures/charts.ts'

const say: SayChart = (key, values) => `${key} ${JSON.stringify(values)}`
const alt = (chart: StoriesPerDay) => chartAlt(chart, say)

test('the alternative text holds the facts of the chart', () => {
  const chart = chartOf({ stories: [3, 0, 8, 5], today: '2025-10-14', locale: 'en-GB' })
  assert.equal(
    alt(chart),
    [
      'chart.total {"count":16,"days":4,"first":"11 October","last":"14 October"}',
      'chart.today {"count":5}',
      'chart.busiest {"count":8,"day":"13 October"}',
      'chart.empty {"days":1}',
    ].join(' '),
  )
})

test('articles are told where the chart shows them', () => {
  assert.match(alt(chartOf({ stories: [1, 2], articles: [4, 6] })), /chart\.articles \{"count":10\}$/)
  assert.doesNotMatch(alt(chartOf({ stories: [1, 2] })), /chart\.articles|chart\.empty/)
})

test('without stories one sentence says so', () => {
  assert.equal(alt(chartOf({ stories: [0, 0, 0] })), 'chart.none {"days":3}')
  assert.equal(alt(chartOf({ stories: [] })), 'chart.none {"days":0}')
})

test('dates are civil and written as the language does', () => {
  assert.equal(dayFormat('de', { day: 'numeric', month: 'long' })('2025-03-30'), '30. März')
  assert.deepEqual(['2025-10-13', '2025-10-19'].map(weekdayOf), [1, 7])
  assert.equal(dayRange(chartOf({ stories: [], locale: 'de' })), '')
  assert.match(dayRange(chartOf({ stories: [1, 1, 1], locale: 'en' })), /^Oct 12\s–\s14$/u)
})
