/** Who works when, with work that ends when the test says so. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTurns } from '../../src/discord/turns.ts'

/** Work that notes when it begins, and ends when it is told to. */
function piece(begun: string[], name: string) {
  const { promise, resolve } = Promise.withResolvers<string>()
  return {
    work: () => {
      begun.push(name)
      return promise
    },
    end: () => resolve(name),
  }
}

test('what must itself be in time goes before answers, a few at once, and acknowledging waits for nothing', async () => {
  const turns = createTurns()
  const begun: string[] = []
  const pieces = ['a', 'b', 'c', 'd', 'list'].map((name) => piece(begun, name))
  const done = pieces.map(({ work }, at) => turns.take(at === 4 ? 'in-time' : 'answer', work))
  const sent = piece(begun, 'sent')
  const acknowledged = turns.acknowledge(sent.work)
  assert.deepEqual(begun, ['sent'], 'the rest takes a breath first')
  sent.end()
  for (const { end } of pieces) end()
  assert.deepEqual(await Promise.all(done), ['a', 'b', 'c', 'd', 'list'])
  assert.equal(await acknowledged, 'sent')
  assert.deepEqual(begun, ['sent', 'a', 'b', 'c', 'list', 'd'])
})

test('work that takes long, or fails, keeps nobody out', async () => {
  const turns = createTurns()
  const begun: string[] = []
  const long = ['a', 'b', 'c'].map((name) => piece(begun, name))
  const waiting = long.map(({ work }) => turns.take('answer', work))
  const failing = turns.take('answer', () => Promise.reject(new Error('no')))
  await assert.rejects(failing, /no/)
  assert.equal(await turns.take('answer', async () => 'after'), 'after')
  for (const { end } of long) end()
  assert.deepEqual(await Promise.all(waiting), ['a', 'b', 'c'])
})

test('an acknowledgement without an answer holds nothing up', async () => {
  const turns = createTurns()
  const stuck = piece([], 'stuck')
  const acknowledged = turns.acknowledge(stuck.work)
  assert.equal(await turns.take('answer', async () => 'served'), 'served')
  stuck.end()
  await acknowledged
})
