/** The reckoning of large installations. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { breakings, costs, forecast, habits, platform, simulateBurst } from './scale-model.ts'
import { tables } from './scale-tables.ts'

test('a million posts in one minute take five and a half hours at fifty a second', () => {
  const { lastMs, medianMs } = simulateBurst(1_000_000, 0, platform)
  assert.equal(lastMs, 20_000_000)
  assert.equal(medianMs, 10_000_000)
})

test('posts that are spread over the time that they need are all on time', () => {
  const { onTime, lastMs } = simulateBurst(90_000, 1_800_000, platform)
  assert.equal(onTime, 1)
  assert.equal(lastMs, 1_800_000)
})

test('of what is due at once, what comes within half an hour is on time', () => {
  assert.equal(simulateBurst(180_000, 0, platform).onTime, 0.5)
})

test('a larger installation never needs less, and its posts never end sooner', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.integer({ min: 1, max: 1_000_000 }),
      (one, other) => {
        const [small, large] = [Math.min(one, other), Math.max(one, other)].map((size) =>
          forecast(size, costs, habits, platform),
        )
        assert.ok(small && large)
        assert.ok(small.cores <= large.cores && small.postingMs <= large.postingMs)
        assert.ok(
          small.databaseBytes <= large.databaseBytes && small.commitsPerSecond <= large.commitsPerSecond,
        )
        for (const role of ['gateway', 'poll', 'publish', 'web'] as const)
          assert.ok(small.processes[role] <= large.processes[role])
      },
    ),
  )
})

test('below the first limit nothing is at its end, above each of them it is', () => {
  const [first, ...others] = breakings(costs, habits, platform)
  assert.ok(first)
  const below = forecast(Math.floor(first.subscriptions * 0.99), costs, habits, platform)
  assert.ok(below.limits.every(({ share }) => share <= 1))
  for (const { name, subscriptions } of [first, ...others].filter((each) => each.subscriptions < 1e8)) {
    const above = forecast(Math.ceil(subscriptions * 1.01), costs, habits, platform)
    assert.ok((above.limits.find((limit) => limit.name === name)?.share ?? 0) > 1, name)
  }
})

test('more posts a second from Discord end the burst sooner, as far as the ledger can write them down', () => {
  const posting = (postsPerSecond: number): number =>
    forecast(1_000_000, costs, habits, { ...platform, postsPerSecond }).postingMs
  assert.ok(posting(100) < posting(50))
  assert.equal(posting(1_000_000), posting(10_000_000))
})

test('the tables of the page are those of the model; `node test/bench/scale-tables.ts` writes them anew', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/scale.md'), 'utf8')
  for (const [name, table] of Object.entries(tables()))
    assert.ok(page.includes(`\n\n${table}\n\n`), `${name}:\n${table}`)
})
