/** A call that something is due is heard by every process, also after the connection of a listener was lost. */
import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { openStorage } from '../../src/storage/storage.ts'
import { ask, endConnections, isOn, newDatabase, test, testOn } from '../support/engines.ts'

/** Whoever waits for a call that was not there yet calls again: to listen takes a moment. */
async function untilHeard(call: () => Promise<void>, isHeard: () => boolean): Promise<void> {
  while (!isHeard()) {
    await call()
    await pause(5)
  }
}

function createEar() {
  let times = 0
  return {
    times: () => times,
    listener: () => {
      times += 1
    },
  }
}

test('a call is heard by those who listen, and no more by those who have stopped', async (t) => {
  const url = await newDatabase(t)
  const here = await openStorage(url)
  const there = isOn(t, 'SQLite') ? here : await openStorage(url)
  const one = createEar()
  const other = createEar()
  const stopOne = there.wake.hear(one.listener)
  const stopOther = there.wake.hear(other.listener)
  await untilHeard(here.wake.call, () => one.times() > 0 && other.times() > 0)
  await stopOne()
  const before = [one.times(), other.times()]
  await untilHeard(here.wake.call, () => other.times() > (before[1] ?? 0))
  assert.equal(one.times(), before[0])
  await stopOther()
  await here.close()
  if (there !== here) await there.close()
})

testOn(
  'PostgreSQL',
  'whoever lost the connection listens again, and looks once for what was missed',
  async (t) => {
    const url = await newDatabase(t)
    const storage = await openStorage(url)
    const ear = createEar()
    const stop = storage.wake.hear(ear.listener)
    await untilHeard(storage.wake.call, () => ear.times() > 0)
    const first = await listener(url)
    const before = ear.times()
    await endConnections(url)
    for (let next = first; next === undefined || next === first; next = await listener(url)) await pause(50)
    while (ear.times() === before) await pause(50)
    const looked = ear.times()
    await untilHeard(storage.wake.call, () => ear.times() > looked)
    await stop()
    await storage.close()
  },
)

/** The process of the server whose connection listens. */
async function listener(url: string): Promise<string | undefined> {
  const rows = await ask(`
    select pid::text as pid from pg_stat_activity
    where query like 'listen %' and application_name = '${new URL(url).searchParams.get('application_name')}'`)
  return rows[0]?.pid
}
