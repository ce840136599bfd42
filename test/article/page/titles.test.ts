import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutSiteName } from '../../../src/article/page/titles.ts'

test('the name of the site is taken off either end of a title', () => {
  assert.equal(
    withoutSiteName('Flood hits the coast | Daily Courier', ['Daily Courier']),
    'Flood hits the coast',
  )
  assert.equal(
    withoutSiteName('Daily Courier: Flood hits the coast', ['Daily Courier']),
    'Daily Courier: Flood hits the coast',
  )
  assert.equal(withoutSiteName('Courier – Flood hits the coast', ['www.courier.com']), 'Flood hits the coast')
})

test('what the main heading says is the headline, whatever follows it', () => {
  assert.equal(
    withoutSiteName('Flood hits coast - News - Town', [], ['Flood hits coast']),
    'Flood hits coast',
  )
})

test('a hyphen in a headline is not a site name', () => {
  assert.equal(
    withoutSiteName('Report: activist killed - justice denies', ['Courier']),
    'Report: activist killed - justice denies',
  )
})
