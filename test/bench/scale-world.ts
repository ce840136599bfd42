/**
 * A made-up installation that has run for ninety days, for the bench of scale: articles with their stories, keys, sources and places in the
 * search index, digests with their editions, servers with their subscriptions and what was delivered. Everything comes from a fixed seed.
 *
 * It is written past the bot, in bulk: rows without triggers, indexes afterwards. What stands in the end is what the bot would have written,
 * but for the texts: words as often as words are (G. K. Zipf), 120 of them in an article, and full texts of the last thirty days only.
 */
import pg from 'pg'
import type { DueSubscription, SlotPlan } from '../../src/digest/ledger.ts'
import type { LocalKey } from '../../src/digest/local-clock.ts'
import { languageWord, sourceWord } from '../../src/storage/full-text-match.ts'
import { idOfName } from '../../src/storage/rows.ts'
import { openFile, type SqliteFile, sqlitePath } from '../../src/storage/sqlite.ts'
import { storyFeatures } from '../../src/story/features.ts'
import { below, pick, seededRandom } from './random.ts'

export const worldNow = Date.UTC(2026, 5, 1, 7)
export const dayMs = 86_400_000
export const heldDays = 90
const bodyDays = 30
/** The digest whose editions are made and whose headlines are asked for: a tenth of all articles comes through its sources. */
export const wire = 'wire'
export const wireSources = 60
const wireShare = 0.1
const editionsADigest = 60
const shown = 15
const articleWords = 110
/** The story of every tenth article is followed. */
export const followedEach = 10
const features = 400

export interface WorldSize {
  readonly articles: number
  readonly sources: number
  readonly digests: number
  readonly guilds: number
  readonly subscriptions: number
  /** That are over, for each subscription. */
  readonly deliveries: number
  /** Subscriptions with one that is to be claimed. */
  readonly waiting: number
}

/** What belongs to so many articles. */
export function sizeOf(articles: number): WorldSize {
  const sources = Math.max(2 * wireSources, Math.round(articles / 200))
  return {
    articles,
    sources,
    digests: Math.max(4, Math.round(sources / 25)),
    guilds: Math.ceil(articles / 100),
    subscriptions: Math.ceil(articles / 10),
    deliveries: 5,
    waiting: 0,
  }
}

type Value = string | number | null
export type Row = Readonly<Record<string, Value>>

interface Sink {
  readonly put: (table: string, rows: readonly Row[]) => Promise<void>
  /** Of words, headlines and scope; `number` is that of `searched_article`. */
  readonly putWords: (rows: readonly Words[]) => Promise<void>
  readonly finish: () => Promise<void>
}

interface Words {
  readonly number: number
  readonly headline: string
  readonly body: string
  readonly scope: string
}

/** Into a database of the newest schema without rows. */
export async function fillWorld(
  url: string,
  size: WorldSize,
  progress: (line: string) => void,
): Promise<void> {
  const sink = url.startsWith('sqlite:') ? openFileSink(url) : await openServerSink(url)
  await putServers(sink, size)
  const random = seededRandom(7)
  const words = vocabulary(random)
  await sink.put(
    'headline_word',
    words.map((word) => ({ word })),
  )
  const featurePool = Array.from({ length: features }, () => featuresOf(random, words))
  const batch = 1000
  for (let start = 0; start < size.articles; start += batch) {
    if (start % 50_000 === 0) progress(`${start} articles`)
    const count = Math.min(batch, size.articles - start)
    const made = Array.from({ length: count }, (_, k) => madeUp(random, words, featurePool, size, start + k))
    const stories = new Map(made.map(({ article }) => [article.story_id, article]))
    // A story that a batch cuts in two belongs to the first.
    const fresh = [...stories].filter(([id]) => start === 0 || id !== storyOf(start - 1))
    await sink.put(
      'story',
      fresh.map(([id, { seen_at }]) => storyRow(id, seen_at)),
    )
    await sink.put(
      'story_summary',
      fresh.map(([story_id, { id, brief, standfirst, language }]) => ({
        story_id,
        language,
        brief: JSON.stringify({ text: brief, articleId: id }),
        summary: JSON.stringify([{ text: standfirst, articleId: id }]),
      })),
    )
    await sink.put(
      'article',
      made.map(({ article }) => article),
    )
    await sink.put(
      'article_source',
      made.map(({ article }) => ({
        article_id: article.id,
        source_id: article.source_id,
        seen_at: article.seen_at,
      })),
    )
    await sink.put(
      'article_key',
      made.flatMap(({ article }) =>
        ['url', 'guid'].map((kind) => ({ key: `${kind}:${article.url}`, article_id: article.id })),
      ),
    )
    await sink.put(
      'searched_article',
      made.map(({ article, words: { number } }) => ({
        number,
        article_id: article.id,
        story_id: article.story_id,
        copy_of: null,
        language: article.language,
        seen_at: article.seen_at,
        headline: article.headline,
      })),
    )
    await sink.putWords(made.map((each) => each.words))
    const followed = made.flatMap(({ article }, k) => ((start + k) % followedEach === 0 ? [article] : []))
    await sink.put('follow', followed.map(followRow))
    await sink.put(
      'follow_told',
      followed.map(({ id }) => ({ follow_id: id, article_id: id })),
    )
  }
  progress('indexes')
  await sink.finish()
}

export const sourceId = (at: number): string => `feed:https://outlet-${at}.example/feed.xml`
export const articleId = (at: number): string => idOfName(`article ${at}`)
export const storyOf = (at: number): string => idOfName(`story ${Math.floor((at * 2) / 3)}`)
export const digestId = (at: number): string => (at === 0 ? wire : `digest-${at}`)
export const subscriptionId = (at: number): string => idOfName(`subscription ${at}`)
export const guildId = (at: number): string => String(200_000_000_000_000_000n + BigInt(at))
export const editionId = (digest: number, number: number): string => idOfName(`edition ${digest} ${number}`)

function storyRow(id: string, changed_at: number): Row {
  return { id, merged_into: null, changed_at, revision: 1, summarised_revision: 1 }
}

/** The slot of today for each subscription that is due. */
export function plansOf(due: readonly DueSubscription[], now: number): readonly SlotPlan[] {
  return due.map(({ id, dueAt, plannedUntil }) => ({
    subscription: id,
    dueAt,
    slots: [{ at: now, key: '2026-06-02T07:00' as LocalKey }],
    from: { until: plannedUntil },
    planned: { until: now },
    nextSlotAt: now + dayMs,
  }))
}

/** Somebody follows a story since a moment ago. */
function followRow({ id, story_id }: { readonly id: string; readonly story_id: string }): Row {
  const nobody = { guild_id: null, channel_id: null, locale: null, told_at: null, owner: null }
  const quiet = { lease_until: worldNow, attempt: 0, stirs: 1, stirred: null }
  return { ...nobody, ...quiet, id, user_id: `member ${id}`, story_id, since: worldNow }
}

/** Different words that look like some, the most frequent first. */
export function vocabulary(random: () => number): readonly string[] {
  const syllables =
    'ba be bi da de do ga ge ka ke ki la le li ma me mi na ne ni pa pe ra re ri sa se si ta te'.split(' ')
  const made = new Set<string>()
  while (made.size < 80_000) {
    const count = made.size < 500 ? 2 : 2 + below(random, 4)
    made.add(Array.from({ length: count }, () => pick(random, syllables)).join(''))
  }
  return [...made]
}

function text(random: () => number, words: readonly string[], count: number): string {
  let made = ''
  for (let at = 0; at < count; at += 1)
    made += `${at === 0 ? '' : ' '}${words[Math.min(words.length - 1, Math.floor(words.length ** random()) - 1)] ?? ''}`
  return made
}

/** Of a made-up article, as storage keeps them. */
export function featuresOf(random: () => number, words: readonly string[]): string {
  const body = Array.from({ length: 4 }, () => `${text(random, words, 28)}.`)
  return JSON.stringify(
    storyFeatures({ id: '', headline: text(random, words, 9), body, language: 'en', at: worldNow }),
  )
}

function madeUp(
  random: () => number,
  words: readonly string[],
  pool: readonly string[],
  { articles, sources }: WorldSize,
  at: number,
) {
  const source =
    random() < wireShare ? below(random, wireSources) : wireSources + below(random, sources - wireSources)
  const seenAt = worldNow - heldDays * dayMs + Math.floor(((at + 1) / articles) * heldDays * dayMs)
  const language = at % 2 === 0 ? 'de' : 'en'
  const headline = text(random, words, 7 + below(random, 5))
  const body = text(random, words, articleWords)
  const hasBody = seenAt > worldNow - bodyDays * dayMs
  const brief = body.slice(0, 180)
  const article = {
    id: articleId(at),
    source_id: sourceId(source),
    guid: null,
    content_hash: `${articleId(at)}${articleId(at)}${articleId(at)}`,
    story_id: storyOf(at),
    headline,
    standfirst: body.slice(0, 120),
    body: hasBody ? JSON.stringify([body.slice(0, 300), body.slice(300)]) : '[]',
    body_dropped_at: hasBody ? null : seenAt + bodyDays * dayMs,
    authors: '["Ada Quill"]',
    outlet: `Outlet ${source}`,
    language,
    url: `https://outlet-${source}.example/2026/news/${at}`,
    image: null,
    published_at: seenAt,
    seen_at: seenAt,
    updated_at: seenAt,
    retired_at: null,
    brief,
    summary: JSON.stringify([body.slice(0, 180), body.slice(180, 360)]),
    features: pick(random, pool),
    minutes: 1,
    terms: '[]',
    copy_of: null,
    is_placed: 1,
    analysis: 'bench',
    stems: `${headline} ${body}`,
  } as const
  const scope = `${languageWord(language)} ${sourceWord(source + 1)}`
  return { article, words: { number: at + 1, headline, body, scope } }
}

async function putServers(sink: Sink, size: WorldSize): Promise<void> {
  const range = (count: number) => Array.from({ length: count }, (_, at) => at)
  const common = { kind: 'feed', outlet: null, fulltext: 'always', language: 'en', poll_state: null }
  await sink.put(
    'source',
    range(size.sources).map((at) => ({
      ...common,
      id: sourceId(at),
      address: sourceId(at).slice('feed:'.length),
      host: `outlet-${at}.example`,
      next_poll_at: worldNow + ((at * 7919) % 900) * 1000,
      read_at: worldNow - 900_000,
      failing_since: null,
      trouble: null,
    })),
  )
  await sink.put(
    'searched_source',
    range(size.sources).map((at) => ({ number: at + 1, source_id: sourceId(at) })),
  )
  await sink.put(
    'digest',
    range(size.digests).map((at) => ({
      id: digestId(at),
      definition: JSON.stringify(definitionOf(at, size)),
      guild_id: null,
      withdrawn_at: null,
    })),
  )
  await sink.put(
    'digest_source',
    range(size.digests).flatMap((at) =>
      sourcesOf(at, size).map((source) => ({ digest_id: digestId(at), source_id: sourceId(source) })),
    ),
  )
  await sink.put(
    'edition',
    range(size.digests).flatMap((at) => editionsOf(at)),
  )
  for (const at of range(size.digests)) await sink.put('edition_article', carriedBy(at, size))
  await sink.put(
    'guild',
    range(size.guilds).map((at) => ({
      id: guildId(at),
      joined_at: 0,
      left_at: null,
      welcomed_at: 0,
      settings: '{}',
    })),
  )
  for (let start = 0; start < size.subscriptions; start += 5000) {
    const some = range(Math.min(5000, size.subscriptions - start)).map((at) => start + at)
    await sink.put(
      'subscription',
      some.map((at) => subscriptionRow(at, size)),
    )
    await sink.put(
      'delivery',
      some.filter((at) => at < size.waiting).map((at) => waitingRow(at, size)),
    )
    const done = some.flatMap((at) => range(size.deliveries).map((back) => ({ at, back: back + 1 })))
    await sink.put(
      'delivery',
      done.map(({ at, back }) => deliveryRow(at, back, size)),
    )
    await sink.put(
      'delivery_part',
      done.map(({ at, back }) => ({
        delivery_id: idOfName(`delivery ${at} ${back}`),
        part: 0,
        begun_at: worldNow - back * dayMs,
        message_id: String(400_000_000_000_000_000n + BigInt(at * 10 + back)),
        sent_at: worldNow - back * dayMs + 900,
        channel_id: String(300_000_000_000_000_000n + BigInt(at)),
        mentioned_role: null,
      })),
    )
  }
}

function sourcesOf(digest: number, { sources }: WorldSize): readonly number[] {
  if (digest === 0) return Array.from({ length: wireSources }, (_, at) => at)
  return [
    ...new Set(
      Array.from({ length: 25 }, (_, at) => wireSources + ((digest * 25 + at) % (sources - wireSources))),
    ),
  ]
}

export function definitionOf(digest: number, size: WorldSize) {
  return {
    title: digest === 0 ? 'Wire' : `Digest ${digest}`,
    language: 'en',
    sources: sourcesOf(digest, size).map((at) => ({ feed: sourceId(at).slice('feed:'.length) })),
    schedule: { times: ['07:00'], zone: 'UTC' },
    size: shown,
  }
}

function editionsOf(digest: number): readonly Row[] {
  return Array.from({ length: editionsADigest }, (_, at) => {
    const number = at + 1
    const composed = worldNow - (editionsADigest - at) * dayMs
    return {
      id: editionId(digest, number),
      digest_id: digestId(digest),
      slot: composed,
      previous_id: number === 1 ? '' : editionId(digest, number - 1),
      number,
      composed_at: composed,
      content: JSON.stringify({ title: digestId(digest), language: 'en', items: [] }),
      seen_from: composed - 7 * dayMs,
      thinned_at: null,
    }
  })
}

/** Some articles of the day before each edition. */
function carriedBy(digest: number, { articles }: WorldSize): readonly Row[] {
  const aDay = articles / heldDays
  return Array.from({ length: editionsADigest }, (_, at) => {
    const before = articles - (editionsADigest - at) * aDay
    const carried = new Set(
      Array.from({ length: shown }, (_, k) =>
        Math.max(0, Math.floor(before - ((digest * 13 + k * 31) % aDay))),
      ),
    )
    return [...carried].map((article) => ({
      edition_id: editionId(digest, at + 1),
      article_id: articleId(article),
      story_id: storyOf(article),
    }))
  }).flat()
}

const digestOfSubscription = (at: number, { digests }: WorldSize): number => (at % 2 === 0 ? 0 : at % digests)

function subscriptionRow(at: number, size: WorldSize): Row {
  const digest = digestOfSubscription(at, size)
  return {
    id: subscriptionId(at),
    guild_id: guildId(at % size.guilds),
    channel_id: String(300_000_000_000_000_000n + BigInt(at)),
    digest_id: digestId(digest),
    schedule: JSON.stringify({ times: ['07:00'], zone: 'UTC' }),
    created_at: worldNow - heldDays * dayMs,
    planned_until: worldNow,
    planned_key: null,
    next_slot_at: worldNow + dayMs,
    last_edition_id: editionId(digest, editionsADigest),
    paused_at: null,
    notice: 'usual',
    channel_since: null,
    added_by: String(500_000_000_000_000_000n + BigInt(at % size.guilds)),
    place: null,
    thread_id: null,
  }
}

function deliveryRow(at: number, back: number, size: WorldSize): Row {
  return {
    id: idOfName(`delivery ${at} ${back}`),
    subscription_id: subscriptionId(at),
    slot: worldNow - back * dayMs,
    state: 'sent',
    edition_id: editionId(digestOfSubscription(at, size), editionsADigest + 1 - Math.max(1, back)),
    parts: 1,
    turn: Math.floor(at / size.guilds),
    late: 0,
    attempt: 1,
    owner: null,
    lease_until: worldNow - back * dayMs,
    reason: null,
    updated_at: worldNow - back * dayMs + 900,
    settled_at: worldNow - back * dayMs + 900,
  }
}

export function waitingRow(at: number, size: WorldSize): Row {
  const promised = {
    state: 'planned',
    edition_id: null,
    parts: null,
    late: null,
    attempt: 0,
    settled_at: null,
  }
  return { ...deliveryRow(at, 0, size), ...promised, updated_at: worldNow }
}

function openFileSink(url: string): Sink {
  const file = openFile(sqlitePath(url), () => undefined)
  for (const setting of ['foreign_keys = OFF', 'synchronous = OFF', 'cache_size = -1500000'])
    file.pragma(setting)
  const aside = definitionsIn(file)
  for (const { type, name } of aside) file.exec(`drop ${type} "${name}"`)
  const inserts = new Map<string, ReturnType<SqliteFile['prepare']>>()
  const insert = (key: string, statement: string) => {
    const known = inserts.get(key) ?? file.prepare(statement)
    inserts.set(key, known)
    return known
  }
  return {
    put: async (table, rows) => {
      const columns = Object.keys(rows[0] ?? {})
      if (columns.length === 0) return
      const statement = insert(
        `${table} ${columns}`,
        `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
      )
      file.exec('begin')
      for (const row of rows) statement.run(...Object.values(row))
      file.exec('commit')
    },
    putWords: async (rows) => {
      const words = insert(
        'words',
        'insert into article_search (rowid, headline, body, sources) values (?, ?, ?, ?)',
      )
      const grams = insert('grams', 'insert into headline_search (rowid, headline, sources) values (?, ?, ?)')
      file.exec('begin')
      for (const { number, headline, body, scope } of rows) {
        words.run(number, headline, body, scope)
        grams.run(number, headline, scope)
      }
      file.exec('commit')
    },
    finish: async () => {
      for (const { sql } of aside) file.exec(sql)
      file.pragma('wal_checkpoint(truncate)')
      file.close()
    },
  }
}

/** Indexes and triggers that can be made anew. */
function definitionsIn(
  file: SqliteFile,
): readonly { readonly type: string; readonly name: string; readonly sql: string }[] {
  return file
    .prepare(
      "select type, name, sql from sqlite_schema where type in ('index', 'trigger') and sql is not null",
    )
    .raw()
    .all()
    .map((row) => {
      const [type = '', name = '', sql = ''] = Array.isArray(row) ? row.map(String) : []
      return { type, name, sql }
    })
}

async function openServerSink(url: string): Promise<Sink> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  for (const setting of [
    'session_replication_role = replica',
    'synchronous_commit = off',
    "maintenance_work_mem = '1GB'",
  ])
    await client.query(`set ${setting}`)
  const { rows: aside } = await client.query<{ name: string; definition: string }>(`
    select indexname as name, indexdef as definition from pg_indexes
    where schemaname = current_schema() and indexname not in (
      select conname from pg_constraint where connamespace = current_schema()::regnamespace)`)
  for (const { name } of aside) await client.query(`drop index ${client.escapeIdentifier(name)}`)
  return {
    put: async (table, rows) => {
      const columns = Object.keys(rows[0] ?? {})
      const isNumber = (column: string) => rows.some((row) => typeof row[column] === 'number')
      const arrays = columns.map((column, at) => `$${at + 1}::${isNumber(column) ? 'bigint' : 'text'}[]`)
      if (columns.length === 0) return
      const names = columns.map((_, at) => `c${at}`)
      const values = columns.map((column, at) => `${names[at]}${nullCast(rows, column)}`)
      await client.query(
        `insert into ${table} (${columns.join(', ')})
        select ${values.join(', ')} from unnest(${arrays.join(', ')}) as many(${names.join(', ')})`,
        columns.map((column) => rows.map((row) => row[column] ?? null)),
      )
    },
    putWords: async (rows) => {
      await client.query(
        `insert into article_search (number, words)
        select number, setweight(to_tsvector('simple', headline), 'A') || to_tsvector('simple', body)
          || array_to_tsvector(string_to_array(scope, ' '))
        from unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) as many(number, headline, body, scope)`,
        [
          rows.map(({ number }) => number),
          rows.map(({ headline }) => headline),
          rows.map(({ body }) => body),
          rows.map(({ scope }) => scope),
        ],
      )
      await client.query(
        `insert into headline_search (number, grams)
        select number, array_to_tsvector(array(
          select distinct substr(headline, at, 3) from generate_series(1, length(headline) - 2) as at
        ) || string_to_array(scope, ' '))
        from unnest($1::bigint[], $2::text[], $3::text[]) as many(number, headline, scope)`,
        [
          rows.map(({ number }) => number),
          rows.map(({ headline }) => headline),
          rows.map(({ scope }) => scope),
        ],
      )
    },
    finish: async () => {
      for (const { definition } of aside) await client.query(definition)
      await client.query(`
        select setval(pg_get_serial_sequence('searched_article', 'number'), (select max(number) from searched_article)),
          setval(pg_get_serial_sequence('searched_source', 'number'), (select max(number) from searched_source))`)
      const { rows } = await client.query<{ name: string }>(
        'select relname as name from pg_class where relnamespace = current_schema()::regnamespace and relkind = $1',
        ['r'],
      )
      for (const { name } of rows) await client.query(`vacuum (analyze) ${client.escapeIdentifier(name)}`)
      await client.end()
    },
  }
}

/** A column of nulls has no type of its own. */
function nullCast(rows: readonly Row[], column: string): string {
  return rows.every((row) => row[column] === null) &&
    /_at$|_since$|^late$|^parts$|_until$|^stirred$/.test(column)
    ? '::bigint'
    : ''
}
