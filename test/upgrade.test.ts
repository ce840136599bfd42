/**
 * A rolling upgrade: processes of today's version and of two to come side by side on one PostgreSQL, while the newer ones change the schema and
 * are killed over it (`newer-schema.ts`).
 */
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { openStorage } from '../src/storage/storage.ts'
import { memberId, messageOf, textOf } from './support/bot.ts'
import { audit } from './support/chaos-world.ts'
import { testOn } from './support/engines.ts'
import { openRollingWorld, type RollingWorld } from './support/rolling-world.ts'
import { beforeClose } from './support/standin.ts'

const works = { roles: ['poll', 'publish'] } as const
const answers = { roles: ['gateway', ...works.roles] } as const

testOn(
  'PostgreSQL',
  'version after version takes over while older ones run, and one that changes the schema is killed: nothing is lost or doubled',
  { timeout: 300_000 },
  async (t) => {
    const world = await openRollingWorld(t, 5)
    const { begin, post, until } = world
    const old = await begin('old-1', answers)
    await old.started
    await world.open()
    await post()

    // The newer one has taken two steps, and in the third waits for whoever reads what was before.
    const reader = await openReader(world)
    const cutOff = await begin('new-1', { ...works, version: 'adding' })
    await until(async () => (await cutOff.indexing()).includes('waiting for old snapshots'))
    assert.deepEqual(await stepsToCome(world), ['9001-mood', '9002-mood-filled'])
    // An old one starts on what there is by now.
    const another = await begin('old-2', works)
    await another.started
    await post()
    assert.match(await headlinesOf(world), /Wire/)
    cutOff.kill()
    await cutOff.ended
    assert.deepEqual(await indexesOf(world), [{ is_valid: false }])
    const newer = await begin('new-2', { ...works, version: 'adding' })
    const amidst = world.published.length
    await until(async () => world.published.length > amidst + 1)
    assert.ok((await moodsOf(world)).includes(null))
    await reader.end()
    await newer.started
    assert.deepEqual(await indexesOf(world), [{ is_valid: true }])
    assert.deepEqual(await stepsToCome(world), ['9001-mood', '9002-mood-filled', '9003-mood-aside'])

    // The older ones end as they post: one without a word.
    let messages = 0
    const stop = world.discord.world.subscribe(({ kind }) => {
      if (kind !== 'message.created') return
      messages += 1
      if (messages === 1) another.kill()
      if (messages === 3) old.terminate()
    })
    await post()
    stop()
    await Promise.all([another.ended, old.ended])

    // Nobody is left who knows nothing of the mood.
    const newest = await begin('new-3', { ...answers, version: 'requiring' })
    await newest.started
    await post()
    assert.match(await headlinesOf(world), /Wire/)
    await assert.rejects(openStorage(world.databaseUrl), {
      code: 'newer-schema',
      message: /9004-mood-required.*Install that version again/,
    })
    await world.end()

    const { lost, doubled, otherEnds, kept, promised } = await audit(world, world.slots)
    assert.deepEqual([lost, doubled, otherEnds], [[], [], []])
    assert.deepEqual([kept, promised], [16, 16])
    assert.deepEqual(await articlesAmiss(world), [])
    assert.deepEqual(world.errors, [])
    assert.deepEqual(await moodsOf(world), ['calm', 'none'])
  },
)

/** Someone who reads what was when they began, until they end. */
async function openReader({ db, discord }: RollingWorld): Promise<{ readonly end: () => Promise<void> }> {
  const trx = await db.startTransaction().setIsolationLevel('repeatable read').execute()
  let ended: Promise<void> | undefined
  const end = (): Promise<void> => (ended ??= trx.rollback().execute())
  beforeClose(discord, end)
  await sql`select set_config('idle_in_transaction_session_timeout', '0', true)`.execute(trx)
  return { end }
}

async function stepsToCome({ db }: RollingWorld): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from kysely_migration where name > '9' order by name`.execute(db)
  return rows.map(({ name }) => name)
}

async function indexesOf({ db }: RollingWorld): Promise<readonly { readonly is_valid: boolean }[]> {
  const { rows } = await sql<{ is_valid: boolean }>`
    select indisvalid as is_valid from pg_index where indexrelid = to_regclass('article_by_mood')`.execute(db)
  return rows
}

/** Without one are those that older processes took in. */
async function moodsOf({ db }: RollingWorld): Promise<readonly (string | null)[]> {
  const { rows } = await sql<{ mood: string | null }>`
    select mood from article group by mood order by mood`.execute(db)
  return rows.map(({ mood }) => mood)
}

async function headlinesOf({ discord }: RollingWorld): Promise<string> {
  const [guild = assert.fail()] = discord.world.guilds()
  const member = discord.member(memberId, { guildId: guild.id })
  return textOf(messageOf(await member.command(discord.world.channelNamed('news-0').id, 'headlines')))
}

/** Articles that are not held exactly once, or that went to a subscription twice: each in a sentence. */
async function articlesAmiss({ db, published }: RollingWorld): Promise<readonly string[]> {
  const rows = await db.selectFrom('article').select('headline').execute()
  const held = Map.groupBy(rows, ({ headline }) => headline)
  const carried = await sql<{ headline: string; subscription_id: string }>`
    select article.headline, delivery.subscription_id from delivery
      join edition_article on edition_article.edition_id = delivery.edition_id
      join article on article.id = edition_article.article_id
    where delivery.state = 'sent' group by 1, 2 having count(*) > 1`.execute(db)
  return [
    ...published.flatMap((headline) => {
      const count = held.get(headline)?.length ?? 0
      return count === 1 ? [] : [`${headline} is held ${count} times`]
    }),
    ...(rows.length === published.length ? [] : [`${rows.length} are held of ${published.length}`]),
    ...carried.rows.map((row) => `${row.headline} went to ${row.subscription_id} more than once`),
  ]
}
