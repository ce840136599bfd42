/** A full disk: the real thing, a small file system in memory that something else fills up under the running bot. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, rmdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { messageOf, openTestBot, textOf, writeSettled } from './support/bot.ts'

interface SmallDisk {
  readonly folder: string
  /** Takes the last byte. */
  readonly fill: () => Promise<void>
  readonly clear: () => Promise<void>
  readonly unmount: () => Promise<void>
}

/** Undefined where this user, or this machine, may not mount one. */
async function openSmallDisk(): Promise<SmallDisk | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'depesche-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'depesche-test', folder], { stdio: 'ignore' })
  } catch {
    await rmdir(folder)
    return undefined
  }
  const filler = join(folder, 'filler')
  const noRoom = { code: 'ENOSPC' }
  return {
    folder,
    fill: async () => {
      await assert.rejects(writeFile(filler, Buffer.alloc(32e6)), noRoom)
    },
    clear: () => rm(filler),
    unmount: async () => {
      execFileSync('umount', [folder])
      await rmdir(folder)
    },
  }
}

/** Long enough that no space left over in a file takes it. */
const third = `A third ship reaches Saltmere

${'The harbour master counted the crates that the third ship had brought to Saltmere. '.repeat(2000)}
`

test('on a full disk the bot goes on answering, says once what is wrong, and goes on by itself when there is room', {
  timeout: 60_000,
}, async (t) => {
  const disk = await openSmallDisk()
  if (disk === undefined) return t.skip('no file system may be mounted here')
  const databaseUrl = `sqlite:${join(disk.folder, 'depesche.sqlite')}`
  const bot = await openTestBot(t, {}, [], { databaseUrl, webPort: 0 })
  t.after(disk.unmount)
  await bot.start()
  await bot.setUp()
  const { url } = await bot.untilLogged('web.listening')
  const ready = async () => (await fetch(`${String(url)}/readyz`)).json()

  await disk.fill()
  await writeSettled(join(bot.digestsDir, 'wire/articles/third.txt'), third)
  await bot.untilLogged('storage.full')
  bot.approach('2026-11-20T07:30:00Z')
  // Several rounds fail.
  await bot.untilLogged('publishing.failed', 2)
  const answer = await bot.owner.command(bot.channelId, 'headlines', {})
  assert.match(textOf(messageOf(answer)), /bridge over the Averne/)
  assert.deepEqual(await ready(), {
    ready: false,
    problems: ['the disk is full: nothing new is kept or posted'],
  })
  const loud = bot.logged.filter((line) => Number(line.level) >= 40).map((line) => line.msg)
  assert.deepEqual(loud, ['storage.full'])
  assert.equal(bot.discord.world.messages(bot.channelId).length, 0)

  await disk.clear()
  await bot.untilLogged('storage.roomy')
  await bot.untilLogged('delivery.sent')
  await bot.untilLogged('articles.taken', 2)
  assert.deepEqual(await ready(), { ready: true, problems: [] })
  assert.equal(bot.discord.world.messages(bot.channelId).length, 1)
  assert.equal(bot.timesLogged('storage.full'), 1)
})
