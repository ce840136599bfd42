/** The contract of what is kept of models' work, on SQLite files. */
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { openStorage, type Storage } from '../../src/storage/storage.ts'
import type { Verdict } from '../../src/summary/written/verdict.ts'
import { newDatabase, test } from '../support/engines.ts'

const now = Date.parse('2026-11-20T23:30:00Z')
const dayMs = 24 * 60 * 60 * 1000

/** So many openings of one file, as processes have them. */
async function openAll(t: TestContext, count: number): Promise<readonly [Storage, ...Storage[]]> {
  const url = await newDatabase(t)
  const first = await openStorage(url)
  const all: [Storage, ...Storage[]] = [first]
  for (let more = 1; more < count; more++) all.push(await openStorage(url))
  t.after(async () => {
    for (const storage of all) await storage.close()
  })
  return all
}

const shown: Verdict = {
  kind: 'shown',
  brief: 'A bridge is built.',
  sentences: [
    { text: 'A bridge is built.', from: 0 },
    { text: 'It costs £12 million.', from: 1 },
  ],
}
const refused: Verdict = {
  kind: 'refused',
  refusal: { reason: 'unfaithful', doubts: [{ kind: 'number', text: '21 million' }] },
}
const about = { language: 'en', model: 'tiny-news' }

test('a verdict is found again by its key, as it was, by every process', async (t) => {
  const [one, other] = await openAll(t, 2)
  const withoutBrief: Verdict = { kind: 'shown', sentences: shown.kind === 'shown' ? shown.sentences : [] }
  const plain: Verdict = { kind: 'refused', refusal: { reason: 'talk' } }
  const all = { a: shown, b: refused, c: withoutBrief, d: plain }
  for (const [key, verdict] of Object.entries(all)) await one.written.keep(key, { ...about, verdict }, now)
  for (const [key, verdict] of Object.entries(all)) assert.deepEqual(await other?.written.find(key), verdict)
  assert.equal(await one.written.find('e'), undefined)
})

test('the first verdict under a key stands', async (t) => {
  const [{ written }] = await openAll(t, 1)
  await written.keep('a', { ...about, verdict: refused }, now)
  await written.keep('a', { ...about, verdict: shown }, now)
  assert.deepEqual(await written.find('a'), refused)
})

test('verdicts are let go after a month', async (t) => {
  const [{ written }] = await openAll(t, 1)
  await written.keep('old', { ...about, verdict: shown }, now)
  await written.keep('young', { ...about, verdict: shown }, now + 29 * dayMs)
  assert.ok(await written.find('old'))
  await written.keep('new', { ...about, verdict: shown }, now + 31 * dayMs)
  assert.equal(await written.find('old'), undefined)
  assert.ok(await written.find('young'))
})

test('processes that reserve at the same time never take more than the day has', async (t) => {
  const all = await openAll(t, 3)
  const reserved = await Promise.all(
    Array.from({ length: 30 }, (_, at) => all[at % all.length]?.modelBudget.reserve(now, 100, 1050)),
  )
  assert.equal(reserved.filter((taken) => taken === true).length, 10)
})

test('what was not used is given back to the day it was taken from', async (t) => {
  const [{ modelBudget }] = await openAll(t, 1)
  assert.equal(await modelBudget.reserve(now, 1000, 1000), true)
  assert.equal(await modelBudget.reserve(now, 1, 1000), false)
  await modelBudget.settle(now, 1000, 300)
  assert.equal(await modelBudget.reserve(now, 700, 1000), true)
  assert.equal(await modelBudget.reserve(now, 1, 1000), false)
})

test('a new day begins at midnight UTC, and more than a day has is never taken', async (t) => {
  const [{ modelBudget }] = await openAll(t, 1)
  assert.equal(await modelBudget.reserve(now, 1001, 1000), false)
  assert.equal(await modelBudget.reserve(now, 1000, 1000), true)
  assert.equal(await modelBudget.reserve(now + 29 * 60_000, 1000, 1000), false)
  assert.equal(await modelBudget.reserve(now + 30 * 60_000, 1000, 1000), true)
})
