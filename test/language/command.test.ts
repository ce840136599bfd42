import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ZodError } from 'zod'
import { languageLine } from '../../src/language/command.ts'

test('a line of text comes back with its id, its language and how sure that is', () => {
  const line = languageLine({ id: 7, text: 'Zwei Tote bei Unfall auf der A7' })
  assert.equal(line.id, 7)
  assert.equal(line.language, 'de')
  assert.ok(line.confidence > 0 && line.confidence <= 1)
})

test('a line that is none is refused', () => {
  for (const input of [null, 'text', {}, { id: 'a' }, { text: 'a' }, { id: {}, text: 'a' }]) {
    assert.throws(() => languageLine(input), ZodError)
  }
})
