/** A rolling upgrade: bots of today's version and of the next one side by side on one PostgreSQL, while the next one changes the schema. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { SourceId } from '../src/article/article.ts'
import { startBot } from '../src/bot.ts'
import { createLog } from '../src/log.ts'
import { openDatabase } from '../src/storage/database.ts'
import { openStorage } from '../src/storage/storage.ts'
import type { Steps } from '../src/storage/versions.ts'
import { openPool } from '../src/work/pool.ts'
import { analysedArticle } from './support/articles.ts'
import { openTestBot, textOf, writeSettled } from './support/bot.ts'
import { newEmptySchema, testOn } from './support/engines.ts'
import { grown, shrunk } from './support/newer-schema.ts'

const slots = ['2026-11-20T07:30:00Z', '2026-11-21T07:30:00Z', '2026-11-22T07:30:00Z']
const sourceId = 'load' as SourceId

const ferry = {
  headline: 'The Saltmere ferry runs again after the storm',
  text: 'Passengers waited for two days in the harbour.\n\nThe harbour master said that 400 people had waited since Tuesday.\n',
}
const library = {
  headline: 'Merrow opens a library of sound recordings',
  text: 'It holds voices of fishermen from a hundred years ago.\n\nHistorians brought 900 wax cylinders to the town.\n',
}
const headlines = [/new bridge over the Averne/, /Saltmere ferry/, /library of sound recordings/]

testOn(
  'PostgreSQL',
  'old bots go on while a newer one changes the schema and joins them; nothing is lost or doubled, and they may start anew',
  async (t) => {
    const databaseUrl = await newEmptySchema()
    const first = await openTestBot(t, {}, [], { databaseUrl })
    const { discord, digestsDir, clock } = first
    const pool = openPool()
    const troubles: string[] = []
    const sink = (line: string) => void (/"level":"?(?:error|50)/.test(line) && troubles.push(line))
    const another = (schemaSteps?: Steps) =>
      startBot({
        token: 'test-token-0123456789',
        discordApiUrl: discord.api,
        databaseUrl,
        digestsDir,
        catchUpHours: 6,
        contact: '',
        allowedHosts: [],
        clock,
        pool,
        tick: '* * * * * *',
        pollEveryMs: 50,
        scanEveryMs: 100,
        log: createLog({ level: 'info', sink }),
        ...(schemaSteps === undefined ? {} : { schemaSteps }),
      })
    const post = async (slot: number, article?: typeof ferry): Promise<void> => {
      if (article !== undefined) {
        const { headline, text } = article
        await writeSettled(join(digestsDir, `wire/articles/${slot}.txt`), `${headline}\n\n${text}`)
        while (!(await isPlaced(headline))) await pause(50)
      }
      first.approach(slots[slot] ?? assert.fail())
      await discord.world.waitFor(() => discord.world.messages(first.channelId).length > slot || undefined, {
        what: `message ${slot + 1}`,
        timeoutMs: 60_000,
      })
    }
    const isPlaced = async (headline: string): Promise<boolean> => {
      const rows = await looking
        .selectFrom('article')
        .select('is_placed')
        .where('headline', '=', headline)
        .execute()
      return rows.some(({ is_placed }) => is_placed === 1)
    }

    await first.start()
    const looking = await openDatabase(databaseUrl)
    const old = await openStorage(databaseUrl)
    const second = await another()
    let newer: Awaited<ReturnType<typeof another>> | undefined
    try {
      await first.setUp()
      await post(0)

      // An old process takes in article after article while the newer one changes the tables, and after it.
      await looking
        .insertInto('source')
        .values({
          id: sourceId,
          kind: 'feed',
          address: '',
          fulltext: 'always',
          language: 'en',
          outlet: null,
          next_poll_at: null,
          poll_state: null,
        })
        .execute()
      let isLoaded = true
      let held = 0
      const load = async (): Promise<void> => {
        for (; isLoaded; held += 1) {
          const headline = `Load ${held}`
          await old.intake.hold(
            { sourceId, keys: [headline] },
            headline,
            analysedArticle({ headline }),
            clock.now(),
          )
          await pause(20)
        }
      }
      const loading = load()
      newer = await another(grown)
      await post(1, ferry)
      isLoaded = false
      await loading
      const { count } = await looking
        .selectFrom('article')
        .select((e) => e.fn.countAll<number>().as('count'))
        .where('source_id', '=', sourceId)
        .executeTakeFirstOrThrow()
      assert.ok(held > 0)
      assert.equal(count, held)

      // One of the old ones starts anew on the schema that has grown.
      await first.stop()
      await first.start()
      await post(2, library)
      const messages = discord.world.messages(first.channelId)
      assert.equal(messages.length, slots.length)
      for (const [at, message] of messages.entries()) assert.match(textOf(message), headlines[at] ?? /^$/)
      assert.deepEqual(troubles, [])
      assert.deepEqual(
        first.logged.filter(({ level }) => level === 'error' || level === 50),
        [],
      )
    } finally {
      await first.stop()
      await second.close()
      await newer?.close()
      await pool.close()
      await old.close()
      await looking.destroy()
    }
    await (await openDatabase(databaseUrl, { steps: shrunk })).destroy()
    await assert.rejects(first.start(), {
      code: 'newer-schema',
      message: /9003-shrunk.*Install that version again/,
    })
  },
)
