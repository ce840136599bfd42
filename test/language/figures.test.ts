import assert from 'node:assert/strict'
import { test } from 'node:test'
import { figuresOf, readNumber } from '../../src/language/figures.ts'

test('a figure is a number with what it counts', () => {
  assert.deepEqual(figuresOf('Dabei starben 15 Menschen.', 'de'), [
    { text: '15 Menschen', value: 15, unit: 'mensch' },
  ])
  assert.deepEqual(
    figuresOf('Die Kosten stiegen auf 3,5 Mio. Euro, also um 12 Prozent.', 'de').map(({ value, unit }) => [
      value,
      unit,
    ]),
    [
      [3_500_000, '€'],
      [12, '%'],
    ],
  )
  assert.deepEqual(
    figuresOf('It raised $40 billion from 1,200 investors.', 'en').map(({ value, unit }) => [value, unit]),
    [
      [40_000_000_000, '$'],
      [1200, 'investor'],
    ],
  )
})

test('the same thing counted has the same unit', () => {
  const [before] = figuresOf('Die Polizei zählte 2 Verletzte.', 'de')
  const [after] = figuresOf('Inzwischen sind es 5 Verletzte.', 'de')
  assert.equal(before?.unit, after?.unit)
})

test('years and numbers inside names count nothing', () => {
  assert.deepEqual(figuresOf('Seit 2019 gibt es Covid-19 hier.', 'de'), [])
  assert.deepEqual(figuresOf('No figures at all.', 'en'), [])
})

test('marks in numbers are read by their form', () => {
  assert.equal(readNumber('1.200'), 1200)
  assert.equal(readNumber('1,200,000'), 1_200_000)
  assert.equal(readNumber('3,5'), 3.5)
  assert.equal(readNumber('3.25'), 3.25)
  assert.equal(readNumber('1.200,50'), 1200.5)
  assert.equal(readNumber('0.125'), 0.125)
  assert.equal(readNumber('80 000'), 80000)
})
