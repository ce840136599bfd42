/** A process that stood still for longer than its lease, as on a machine that was suspended: what another one has posted meanwhile it posts not again. */
import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import type { WorkerId } from '../src/digest/ledger.ts'
import { mostPlaces } from '../src/digest/rest-budget.ts'
import { openDatabase } from '../src/storage/database.ts'
import { openStorage } from '../src/storage/storage.ts'
import { openTestBot, ownerId } from './support/bot.ts'
import { newDatabase, testOn } from './support/engines.ts'
import { openLives, startedOf } from './support/lives.ts'

const slot = Date.parse('2026-11-20T07:30:00Z')
const deliveryLeaseMs = 2000

/** The test's own time limit ends a wait in vain. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(20)
}

testOn(
  'PostgreSQL',
  'a forum post that waits for its turn while its process stands still is opened once',
  { timeout: 180_000 },
  async (t) => {
    const databaseUrl = await newDatabase(t)
    const db = await openDatabase(databaseUrl)
    const { restBudget, close } = await openStorage(databaseUrl)
    t.after(async () => {
      await close()
      await db.destroy()
    })
    const channels = [{ name: 'news' }, { name: 'daily', kind: 'forum' as const }]
    const guilds = [{ name: 'Town', ownerId, channels, members: [{ id: ownerId, name: 'olivia' }] }]
    const bot = await openTestBot(t, { guilds }, [], { databaseUrl, roles: ['gateway', 'poll'] })
    const { world } = bot.discord
    await bot.start()
    const forum = world.channelNamed('daily').id
    const options = { digest: 'wire', channel: forum, times: '07:30', zone: 'UTC' }
    await bot.owner.command(bot.channelId, 'digest', options, { subcommand: 'setup' })

    const lives = openLives(1)
    t.after(lives.close)
    const life = await lives.begin({
      discordApiUrl: bot.discord.api,
      databaseUrl,
      digestsDir: bot.digestsDir,
      at: slot - 60_000,
      roles: ['publish'],
      deliveryLeaseMs,
      logLevel: 'debug',
    })
    t.after(() => life.kill())
    const hasLost = new Promise<void>((resolve) =>
      life.onMessage((message) => {
        if (message.kind === 'logged' && message.line.includes('"delivery.lost"')) resolve()
      }),
    )
    await startedOf(life)

    // Somebody else has every place, so that whoever begins to post waits for a turn.
    const claim = { owner: 'other' as WorkerId, leaseMs: 60_000, holdMs: 0, refused: 0 }
    const take = async (wants: number) =>
      (await restBudget?.settle({ ...claim, wants, inUse: wants }))?.places ??
      assert.fail('nothing is shared')
    await until(async () => (await take(mostPlaces)) === mostPlaces)
    life.tell({ kind: 'clock', at: slot - 300 })
    await until(async () => (await db.selectFrom('delivery_part').select('part').execute()).length > 0)
    life.halt()
    await pause(deliveryLeaseMs)
    assert.equal(await take(0), 0)

    bot.clock.moveTo(slot + 60_000)
    await bot.startBeside({ databaseUrl, roles: ['publish'], deliveryLeaseMs })
    await bot.untilLogged('delivery.sent')
    assert.equal(world.threads(forum).length, 1)
    life.goOn()
    await hasLost
    assert.equal(world.threads(forum).length, 1)
  },
)
