/**
 * What an edition costs from a database on disk: 10,000 articles that were not carried, in some 3,000 stories of a digest that has told
 * 1,200 others in 60 editions of the last month; those of the last two days have later articles. Articles are made up with a fixed seed; what is told anew differs from
 * what was told in half of the stories. The workers are warm, as they are in a bot that reads feeds all day.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ArticleId, StoryId } from '../../src/article/article.ts'
import { type Digest, type DigestId, definitionSchema } from '../../src/digest/definition.ts'
import type { EditionId } from '../../src/digest/edition.ts'
import { composeAt, type EditionMaking, makeEdition } from '../../src/jobs/compose.ts'
import { searchStems } from '../../src/language/search-text.ts'
import { type Database, openDatabase } from '../../src/storage/database.ts'
import { createEditionDesk } from '../../src/storage/desk.ts'
import { storyFeatures } from '../../src/story/features.ts'
import { openPool, type WorkPool } from '../../src/work/pool.ts'
import type { BenchContext, BenchRow } from './bench.ts'
import { below, seededRandom } from './random.ts'

const CANDIDATES = 10_000
const EDITIONS = 60
/** Editions whose stories have later articles. */
const MOVING = 4
const SIZE = 20
const RUNS = 7
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const NOW = Date.UTC(2026, 0, 10, 7)
const SOURCES = 60
/** Of a body, and of its sentences. */
const WORDS = 400
const SENTENCE_WORDS = 20
const PARAGRAPH_SENTENCES = 4
const VOCABULARY = 30_000

export async function editionRows(context: BenchContext): Promise<BenchRow[]> {
  context.progress(`stories: an edition from ${CANDIDATES} articles in a database`)
  const folder = await mkdtemp(join(tmpdir(), 'depesche-bench-'))
  const db = await openDatabase(`sqlite:${join(folder, 'bench.sqlite')}`)
  const pool = openPool()
  try {
    const digest = digestOf({})
    await putSources(db, digest)
    const previous = await fill(db, digest, { candidates: CANDIDATES, editions: EDITIONS })
    const making = {
      desk: createEditionDesk(db),
      findNews: (task) => pool.run('findNews', task),
    } satisfies EditionMaking
    // Each time for another slot after the same edition, so that all reasons are recorded anew.
    let slot = NOW
    const make = () => makeEdition(making, { digest, previous, now: NOW, slot: slot++ })
    const whole = await medianMs(make)
    const composed = await medianMs(() => composeAt(making, { digest, previous, now: NOW }))
    const picky = digestOf({
      filters: { exclude: ['horoscope', 'lottery', { phrase: 'live ticker' }] },
      topics: Array.from({ length: 8 }, (_, at) => ({
        name: `T${at}`,
        // Rare words: an article in a hundred has one.
        words: [wordAt(VOCABULARY - 1 - at), wordAt(VOCABULARY - 101 - at)],
      })),
      sections: 'topics',
    })
    const sifted = await medianMs(() => composeAt(making, { digest: picky, previous, now: NOW }))
    const made = await make()
    if (made.kind !== 'edition') throw new Error('an edition was to be made')
    const updates = made.edition.items.filter(({ update }) => update !== undefined).length
    return [
      {
        metric: `edition from ${CANDIDATES} articles in SQLite: made and frozen (median)`,
        value: whole,
        unit: 'ms',
        max: 300,
      },
      { metric: '  of it composing (median)', value: composed, unit: 'ms' },
      { metric: '  composing with filters and 8 topics (median)', value: sifted, unit: 'ms' },
      { metric: '  updates among its stories', value: updates },
    ]
  } finally {
    await pool.close()
    await db.destroy()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The median of some runs, after one that warms up. */
async function medianMs(run: () => Promise<unknown>): Promise<number> {
  await run()
  const times: number[] = []
  for (let at = 0; at < RUNS; at++) {
    const start = performance.now()
    await run()
    times.push(performance.now() - start)
  }
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0
}

/** What an edition is made from. */
export interface EditionWorld {
  /** Articles that were not carried, beside those that are later articles of stories that were told. */
  readonly candidates: number
  /** That were made before. */
  readonly editions: number
}

/** Fills a database, and gives what makes one edition after the other, each after the same one. */
export async function editionMaker(
  db: Database,
  pool: WorkPool,
  world: EditionWorld,
): Promise<() => Promise<unknown>> {
  const digest = digestOf({})
  await putSources(db, digest)
  const previous = await fill(db, digest, world)
  const making = {
    desk: createEditionDesk(db),
    findNews: (task) => pool.run('findNews', task),
  } satisfies EditionMaking
  let slot = NOW
  return () => makeEdition(making, { digest, previous, now: NOW, slot: slot++ })
}

function digestOf(more: Readonly<Record<string, unknown>>): Digest {
  return {
    id: 'bench' as DigestId,
    ...definitionSchema.parse({
      title: 'Bench',
      language: 'en',
      sources: Array.from({ length: SOURCES }, (_, at) => ({ feed: `https://outlet${at}.example/feed` })),
      schedule: { times: ['07:00'], zone: 'UTC' },
      size: SIZE,
      ...more,
    }),
  }
}

async function putSources(db: Database, digest: Digest): Promise<void> {
  const { id, ...definition } = digest
  await db
    .insertInto('digest')
    .values({ id, definition: JSON.stringify(definition), guild_id: null, withdrawn_at: null })
    .execute()
  for (let at = 0; at < SOURCES; at++) {
    const source = `feed:https://outlet${at}.example/feed`
    await db
      .insertInto('source')
      .values({
        id: source,
        kind: 'feed',
        address: `https://outlet${at}.example/feed`,
        outlet: null,
        fulltext: 'always',
        language: 'en',
        next_poll_at: null,
        poll_state: null,
      })
      .execute()
    await db.insertInto('digest_source').values({ digest_id: id, source_id: source }).execute()
  }
}

/** Holds everything; gives the newest edition of the chain. */
async function fill(
  db: Database,
  digest: Digest,
  { candidates, editions }: EditionWorld,
): Promise<EditionId> {
  const random = seededRandom(23)
  const told: StoryId[] = []
  let articles = 0
  const hold = (trx: Database, story: StoryId, seenAt: number, dead: number) =>
    putArticle(trx, random, `a${articles++}`, story, seenAt, dead)
  await db.transaction().execute(async (trx) => {
    for (let at = 0; at < editions * SIZE; at++) {
      const story = `told${at}` as StoryId
      told.push(story)
      const seenAt = NOW - (editions - Math.floor(at / SIZE) + 0.5) * 12 * HOUR_MS
      for (let k = 0; k < 3; k++) await hold(trx, story, seenAt, 12)
    }
  })
  const carried = articles
  let previous: EditionId | undefined
  const desk = createEditionDesk(db)
  for (let number = 0; number < editions; number++) {
    const at = NOW - (editions - number) * 12 * HOUR_MS
    const stories = told.slice(number * SIZE, (number + 1) * SIZE)
    const edition = await desk.freeze({
      digestId: digest.id,
      slot: at,
      previous,
      composedAt: at,
      seenFrom: at - 7 * DAY_MS,
      passed: [],
      content: {
        title: 'Bench',
        language: 'en',
        hasLead: false,
        sections: 'none',
        minutes: 1,
        items: stories.map((storyId, place) => ({
          storyId,
          articleId: `a${(number * SIZE + place) * 3}` as ArticleId,
          headline: '',
          brief: '',
          summary: [],
          by: 'extract',
          outlets: [],
          texts: 1,
          carriers: 1,
          at,
          minutes: 1,
          carries: [0, 1, 2].map((k) => `a${(number * SIZE + place) * 3 + k}` as ArticleId),
          because: '',
        })),
      },
    })
    previous = edition.id
  }
  await db.transaction().execute(async (trx) => {
    for (const [at, story] of told.slice(-MOVING * SIZE).entries()) {
      for (let k = 0; k < 5; k++)
        await hold(trx, story, NOW - (1 + random() * 10) * HOUR_MS, at % 2 === 0 ? 12 : 19)
    }
    for (let story = 0; articles < carried + candidates; story++) {
      const size = 1 + Math.floor(6 * random() ** 2)
      const seenAt = NOW - random() * 2 * DAY_MS
      for (let k = 0; k < size; k++) await hold(trx, `new${story}` as StoryId, seenAt, 12)
    }
  })
  if (previous === undefined) throw new Error('there are editions')
  return previous
}

async function putArticle(
  trx: Database,
  random: () => number,
  id: string,
  story: StoryId,
  seenAt: number,
  dead: number,
): Promise<void> {
  const outlet = below(random, SOURCES)
  const source_id = `feed:https://outlet${outlet}.example/feed`
  const headline = `${dead} dead after accident at ${story}`
  const body = [
    `${dead} people have died in an accident at ${story}, officials said on Tuesday.`,
    ...Array.from({ length: WORDS / SENTENCE_WORDS / PARAGRAPH_SENTENCES }, () => paragraphOf(random)),
  ]
  await trx
    .insertInto('story')
    .values({ id: story, merged_into: null, changed_at: 0, revision: 1, summarised_revision: 1 })
    .onConflict((c) => c.doNothing())
    .execute()
  await trx
    .insertInto('article')
    .values({
      id,
      source_id,
      guid: null,
      content_hash: id,
      story_id: story,
      headline,
      standfirst: 'Officials spoke of a disaster.',
      body: JSON.stringify(body),
      authors: '[]',
      outlet: `Outlet ${outlet}`,
      language: 'en',
      url: `https://outlet${outlet}.example/${id}`,
      image: null,
      published_at: Math.floor(seenAt),
      seen_at: Math.floor(seenAt),
      updated_at: Math.floor(seenAt),
      retired_at: null,
      brief: body[0] ?? '',
      summary: JSON.stringify(body.slice(0, 2)),
      minutes: 2,
      terms: '[]',
      copy_of: null,
      is_placed: 1,
      analysis: 'bench',
      stems: searchStems([headline, ...body], 'en'),
      features: JSON.stringify(storyFeatures({ id: '', headline, body, language: 'en', at: seenAt })),
    })
    .execute()
  await trx
    .insertInto('article_source')
    .values({ article_id: id, source_id, seen_at: Math.floor(seenAt) })
    .execute()
}

function paragraphOf(random: () => number): string {
  return Array.from({ length: PARAGRAPH_SENTENCES }, () => {
    const words = Array.from({ length: SENTENCE_WORDS }, () => wordAt(Math.floor(VOCABULARY * random() ** 2)))
    const text = words.join(' ')
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
  }).join(' ')
}

const CONSONANTS = ['b', 'd', 'f', 'g', 'h', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'w', 'st', 'br', 'sch']
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'en', 'er', 'an']

/** A word that looks like one: of one to three syllables. */
function wordAt(number: number): string {
  let rest = number
  let word = ''
  do {
    word += `${CONSONANTS[rest % CONSONANTS.length] ?? ''}${VOWELS[Math.floor(rest / CONSONANTS.length) % VOWELS.length] ?? ''}`
    rest = Math.floor(rest / (CONSONANTS.length * VOWELS.length))
  } while (rest > 0)
  return word
}
