/** Statements that are kept between two uses. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { watchRoom } from '../../src/storage/room.ts'
import { keepStatements, openFile } from '../../src/storage/sqlite.ts'

const unwatched = watchRoom(':memory:', () => undefined)

test('a statement is prepared once, forgotten when many others were used, and knows a changed schema', () => {
  const statements = keepStatements(
    openFile(':memory:', () => undefined),
    unwatched,
  )
  statements.prepare('create table thing (name text)').run()
  statements.prepare('insert into thing values (?)').run(['first'])
  const all = 'select * from thing'
  const kept = statements.prepare(all)
  assert.deepEqual(kept.all(), [{ name: 'first' }])
  assert.equal(statements.prepare(all), kept)
  for (let n = 0; n < 400; n += 1) statements.prepare(`select ${n}`)
  const anew = statements.prepare(all)
  assert.notEqual(anew, kept)
  statements.prepare("alter table thing add column place text default 'here'").run()
  assert.deepEqual(statements.prepare(all).all(), [{ name: 'first', place: 'here' }])
  statements.close()
})
