/** Two processes on one PostgreSQL: whatever is claimed is claimed once, nobody waits for anybody, and what both plan is there once. */
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { type RawBuilder, sql } from 'kysely'
import type { SourceId } from '../../src/article/article.ts'
import type { GuildId, SlotPlan, WorkerId } from '../../src/digest/ledger.ts'
import type { LocalKey } from '../../src/digest/local-clock.ts'
import { type Database, openDatabase } from '../../src/storage/database.ts'
import { openStorage, type Storage } from '../../src/storage/storage.ts'
import { analysedArticle } from '../support/articles.ts'
import { newDatabase, testOn } from '../support/engines.ts'

const rows = 500
const now = Date.UTC(2026, 10, 20, 7)
const hour = 3_600_000
const sourceId = 'f' as SourceId

interface Two {
  readonly db: Database
  readonly processes: readonly [Storage, Storage]
}

async function openTwo(t: TestContext): Promise<Two> {
  const url = await newDatabase(t)
  const db = await openDatabase(url)
  const processes: readonly [Storage, Storage] = [await openStorage(url), await openStorage(url)]
  t.after(async () => {
    await Promise.all(processes.map((each) => each.close()))
    await db.destroy()
  })
  return { db, processes }
}

/** All of them, at the same time; four claims of each process are under way at once. */
async function claimAll<Claimed>(
  { processes }: Two,
  claim: (storage: Storage, owner: WorkerId) => Promise<readonly Claimed[]>,
  nameOf: (claimed: Claimed) => string,
): Promise<readonly string[]> {
  const names: string[] = []
  const loop = async (storage: Storage, owner: WorkerId): Promise<void> => {
    for (;;) {
      const claimed = await claim(storage, owner)
      if (claimed.length === 0) return
      names.push(...claimed.map(nameOf))
    }
  }
  await Promise.all(
    processes.flatMap((each, at) => Array.from({ length: 4 }, () => loop(each, `p${at}` as WorkerId))),
  )
  return names
}

function assertOnceEach(names: readonly string[], count = rows): void {
  assert.equal(new Set(names).size, count, 'claimed')
  assert.equal(names.length, count, 'claimed once')
}

async function run(db: Database, ...statements: readonly RawBuilder<unknown>[]): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}

const definition = JSON.stringify({
  title: 'Wire',
  language: 'en',
  sources: [{ folder: 'articles' }],
  schedule: { times: ['07:30'], zone: 'UTC' },
})
const digest = sql`insert into digest (id, definition) values ('wire', ${definition})`
const subscriptions = sql`
  insert into subscription (id, guild_id, channel_id, digest_id, schedule, created_at, planned_until, next_slot_at)
  select 's' || n, 'g' || n % 7, 'c' || n, 'wire', '{"times":["07:30"],"zone":"UTC"}', 0, 0, 0
  from generate_series(1, ${sql.lit(rows)}) as n`
const deliveries = sql`
  insert into delivery (id, subscription_id, slot, state, attempt, lease_until, updated_at)
  select 'd' || n, 's' || n, 1, 'planned', 0, 0, 0 from generate_series(1, ${sql.lit(rows)}) as n`
const edition = sql`
  insert into edition (id, digest_id, slot, previous_id, number, composed_at, content)
  values ('e', 'wire', 1, '', 1, ${now}, '{"title":"Wire","language":"en","items":[]}')`
const claimOf = (owner: WorkerId) => ({ owner, now, leaseMs: hour, limit: 23 })

/** `rows` of something are put in; two processes claim all of them at the same time, each once. */
function testClaims<Claimed>(
  title: string,
  given: readonly RawBuilder<unknown>[],
  claim: (storage: Storage, owner: WorkerId) => Promise<readonly Claimed[]>,
  nameOf: (claimed: Claimed) => string,
): void {
  testOn('PostgreSQL', title, async (t) => {
    const two = await openTwo(t)
    await run(two.db, digest, ...given)
    assertOnceEach(await claimAll(two, claim, nameOf))
  })
}

testClaims(
  'two processes deliver every delivery once',
  [subscriptions, deliveries],
  ({ ledger }, owner) => ledger.claim(claimOf(owner)),
  ({ id }) => id,
)

testClaims(
  'two processes poll every source once',
  [
    sql`insert into source (id, kind, address, fulltext, language, next_poll_at)
      select 'f' || n, 'feed', 'https://wire.example/' || n, 'always', 'en', 0 from generate_series(1, ${sql.lit(rows)}) as n`,
    sql`insert into digest_source select 'wire', id from source`,
  ],
  ({ polling }, owner) => polling.claimDue({ owner, now, leaseUntil: now + hour, limit: 23 }),
  ({ id }) => id,
)

testOn('PostgreSQL', 'from one host only one process reads at a time', async (t) => {
  const { db, processes } = await openTwo(t)
  const [one, other] = processes
  const claim = (owner: string, at = now) => ({
    owner: owner as WorkerId,
    now: at,
    leaseUntil: at + hour,
    limit: 10,
  })
  await run(
    db,
    digest,
    sql`insert into source (id, kind, address, host, fulltext, language, next_poll_at)
      select 'f' || n, 'feed', 'https://' || n % 3 || '.example/' || n, n % 3 || '.example', 'always', 'en', 0
      from generate_series(1, 30) as n`,
    sql`insert into digest_source select 'wire', id from source`,
  )
  const hostsOf = (sources: readonly { readonly host?: string }[]) =>
    [...new Set(sources.map(({ host }) => host))].sort()
  const [ours, theirs] = await Promise.all([
    one.polling.claimDue(claim('one')),
    other.polling.claimDue(claim('other')),
  ])
  assert.ok(ours.length + theirs.length > 0)
  assert.deepEqual(
    hostsOf(ours).filter((host) => hostsOf(theirs).includes(host)),
    [],
  )
  // Whoever reads from a host may take more of it; the other finds nothing there until it is left.
  for (const owner of ['one', 'other', 'one', 'other', 'one', 'other']) {
    const more = await one.polling.claimDue(claim(owner))
    const held = owner === 'one' ? theirs : ours
    assert.deepEqual(
      hostsOf(more).filter((host) => hostsOf(held).includes(host)),
      [],
    )
  }
  for (const host of hostsOf([...ours, ...theirs]))
    for (const owner of ['one', 'other']) await one.polling.leaveHost(host ?? '', owner as WorkerId)
  await run(db, sql`update source set next_poll_at = 0`)
  assert.deepEqual(hostsOf(await other.polling.claimDue({ ...claim('other'), limit: 30 })), [
    '0.example',
    '1.example',
    '2.example',
  ])
  // A process that died leaves its hosts when its lease has run out.
  assert.deepEqual(await one.polling.claimDue(claim('one', now + hour - 1)), [])
  await run(db, sql`update source set next_poll_at = 0`)
  assert.deepEqual(await one.polling.claimDue(claim('one', now + hour - 1)), [])
  assert.equal((await one.polling.claimDue(claim('one', now + hour))).length, 10)
})

testClaims(
  'two processes tell every follower once',
  [
    sql`insert into source (id, kind, address, fulltext, language) values ('f', 'feed', '', 'always', 'en')`,
    sql`insert into digest_source values ('wire', 'f')`,
    sql`insert into story (id) select 't' || n from generate_series(1, 10) as n`,
    sql`insert into article (id, source_id, content_hash, story_id, headline, body, authors, outlet, language, seen_at,
        updated_at, brief, summary, features, is_placed)
      select 'a' || n, 'f', '', 't' || n, 'News', '[]', '[]', 'Wire', 'en', ${now - hour}, 0, '', '[]', '', 1
      from generate_series(1, 10) as n`,
    sql`insert into article_source select id, 'f', ${now - hour} from article`,
    sql`insert into follow (id, user_id, story_id, since, lease_until, attempt)
      select 'w' || n, 'u' || n, 't' || 1 + n % 10, ${now - 2 * hour}, 0, 0 from generate_series(1, ${sql.lit(rows)}) as n`,
  ],
  ({ follows }, owner) => follows.moved(claimOf(owner)),
  ({ id }) => id,
)

testOn('PostgreSQL', 'two processes tell every person of all their problems, once', async (t) => {
  const two = await openTwo(t)
  await run(
    two.db,
    digest,
    sql`insert into notice (id, guild_id, subject, problem, reason, missing, person, noted_at, lease_until, attempt)
      select 'n' || n, 'g' || n % 5, 's' || n, '50013', '', '[]', 'u' || n % 50, ${now - hour}, 0, 0
      from generate_series(1, ${sql.lit(rows)}) as n`,
  )
  const counts: number[] = []
  const names = await claimAll(
    two,
    ({ notices }, owner) => notices.claim({ ...claimOf(owner), limit: 3 }),
    ({ key, guilds }) => {
      counts.push(guilds.reduce((sum, { count }) => sum + count, 0))
      return key
    },
  )
  assertOnceEach(names, 50)
  assert.deepEqual(new Set(counts), new Set([rows / 50]))
})

testClaims(
  'two processes correct every message once',
  [
    subscriptions,
    deliveries,
    edition,
    sql`insert into delivery_part (delivery_id, part, begun_at, message_id, sent_at) select id, 0, 0, 'm' || id, ${now} from delivery`,
    sql`insert into correction_edit (delivery_id, part, edition_id, sent_at, version, done_version, edits, lease_until, attempt)
      select id, 0, 'e', ${now}, 2, 1, 0, 0, 0 from delivery`,
  ],
  ({ corrections }, owner) => corrections.claim(claimOf(owner)),
  ({ deliveryId }) => deliveryId,
)

testClaims(
  'two processes crosspost every message once',
  [
    subscriptions,
    deliveries,
    sql`insert into crosspost (delivery_id, part, channel_id, message_id, since, due_at) select id, 0, 'c', id, 0, 0 from delivery`,
  ],
  ({ crossposts }) => crossposts.claim(now, now + hour, 23),
  ({ messageId }) => messageId,
)

testOn('PostgreSQL', 'a claim does not wait for another that is not committed yet', async (t) => {
  const { db, processes } = await openTwo(t)
  await run(db, digest, subscriptions, deliveries)
  await db.transaction().execute(async (trx) => {
    await sql`update delivery set lease_until = ${now + hour} where id in (select id from delivery limit 100)`.execute(
      trx,
    )
    const claimed = await processes[0].ledger.claim({ ...claimOf('p' as WorkerId), limit: rows })
    assert.equal(claimed.length, rows - 100)
  })
})

testOn('PostgreSQL', 'what two processes plan at once is promised once', async (t) => {
  const { db, processes } = await openTwo(t)
  await run(db, digest, subscriptions)
  const due = await processes[0].ledger.due(now, rows)
  assert.equal(due.length, rows)
  const plans: SlotPlan[] = due.map(({ id, dueAt, plannedUntil }) => ({
    subscription: id,
    dueAt,
    from: { until: plannedUntil },
    planned: { until: now },
    nextSlotAt: now + hour,
    slots: [
      { at: now - hour, key: '2026-11-20T06:00' as LocalKey },
      { at: now, key: '2026-11-20T07:00' as LocalKey },
    ],
  }))
  await Promise.all([
    processes[0].ledger.plan(plans, now),
    processes[1].ledger.plan(plans.toReversed(), now),
    ...plans.slice(0, 20).map(({ subscription }) => processes[1].ledger.planExtra(subscription, now, now)),
  ])
  const { rows: promised } = await sql<{ subscription_id: string; slots: number; open: number }>`
    select subscription_id, count(*) as slots, count(*) filter (where settled_at is null) as open
    from delivery group by subscription_id`.execute(db)
  assert.equal(promised.length, rows)
  assert.deepEqual(new Set(promised.map(({ slots, open }) => `${slots} ${open}`)), new Set(['2 1']))
  assert.deepEqual(await processes[0].ledger.due(now, rows), [])
})

testOn('PostgreSQL', 'what two processes change at once is changed by both', async (t) => {
  const { processes } = await openTwo(t)
  const guild = '1' as GuildId
  await Promise.all([
    processes[0].guilds.change(guild, { language: 'de' }, now),
    processes[1].guilds.change(guild, { zone: 'Europe/Berlin' }, now),
  ])
  assert.deepEqual(await processes[0].guilds.settings(guild), { language: 'de', zone: 'Europe/Berlin' })
})

testOn('PostgreSQL', 'an article that two processes read at once is held once', async (t) => {
  const { db, processes } = await openTwo(t)
  await run(
    db,
    digest,
    sql`insert into source (id, kind, address, fulltext, language) values ('f', 'feed', '', 'always', 'en')`,
  )
  const names = Array.from({ length: 40 }, (_, at) => `article ${at}`)
  const hold = ({ intake }: Storage, all: readonly string[]) =>
    Promise.all(
      all.map((name) =>
        intake.hold(
          { sourceId, keys: [`k:${name}`, `l:${name}`] },
          name,
          analysedArticle({ headline: name }),
          now,
        ),
      ),
    )
  const [first, second] = await Promise.all([
    hold(processes[0], names),
    hold(processes[1], names.toReversed()),
  ])
  assert.deepEqual(
    first.map(({ id }) => id),
    second.toReversed().map(({ id }) => id),
  )
  const { rows: held } = await sql<{ count: number }>`select count(*) as count from article`.execute(db)
  assert.equal(held[0]?.count, names.length)
})
