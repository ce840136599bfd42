/** Made-up articles, held as the bot holds them, in digests that nothing more comes to: for tests about what comes after. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBot } from '../../src/bot.ts'
import type { Clock } from '../../src/clock.ts'
import { createLog } from '../../src/log.ts'
import { type Database, openDatabase } from '../../src/storage/database.ts'
import { below, pick } from '../bench/random.ts'
import { writeSettled } from './bot.ts'

export interface MadeUpDigest {
  readonly id: string
  readonly articles: number
  /** Local times in UTC. */
  readonly times: readonly string[]
}

export interface HeldNews {
  readonly databaseUrl: string
  readonly digestsDir: string
  readonly remove: () => Promise<void>
}

/**
 * The bot runs once, on that stand-in, until every article is in a story that has a summary; it has ended when this resolves. What it holds is
 * in a file of its own, or in the empty database `inDatabase`.
 */
export async function holdNews(
  discordApiUrl: string,
  clock: Clock,
  digests: readonly MadeUpDigest[],
  random: () => number,
  inDatabase?: string,
): Promise<HeldNews> {
  const folder = await mkdtemp(join(tmpdir(), 'depesche-held-'))
  const digestsDir = join(folder, 'digests')
  const databaseUrl = inDatabase ?? `sqlite:${join(folder, 'depesche.sqlite')}`
  for (const digest of digests) {
    const articles = join(digestsDir, digest.id, 'articles')
    await mkdir(articles, { recursive: true })
    await writeDefinition(digestsDir, digest, 'folder: articles')
    for (let index = 0; index < digest.articles; index += 1) {
      await writeSettled(join(articles, `${String(index).padStart(5, '0')}.txt`), madeUpArticle(random))
    }
  }
  await takeIn({ discordApiUrl, clock, databaseUrl, digestsDir })
  const db = await openDatabase(databaseUrl)
  for (const digest of digests) await leaveFolder(db, digestsDir, digest)
  await db.destroy()
  return { databaseUrl, digestsDir, remove: () => rm(folder, { recursive: true, force: true }) }
}

async function writeDefinition(
  digestsDir: string,
  { id, times }: MadeUpDigest,
  source: string,
): Promise<void> {
  const schedule = `times: [${times.map((time) => `"${time}"`).join(', ')}]\n  zone: UTC`
  await writeFile(
    join(digestsDir, id, 'digest.yaml'),
    `title: ${id}\nlanguage: en\nsources:\n  - ${source}\nschedule:\n  ${schedule}\nsize: 20\n`,
  )
}

const syllables =
  'ba be bi bo bu da de di do du ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu'.split(' ')

/** Words that no other article has: every article is a story of its own. */
export function madeUpArticle(random: () => number): string {
  const word = () => Array.from({ length: 3 + below(random, 2) }, () => pick(random, syllables)).join('')
  const sentence = (length: number) => {
    let text = word()
    while (text.length < length) text += ` ${word()}`
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
  }
  return `${sentence(120)}\n\n${sentence(200)}\n\n${sentence(300)} ${sentence(300)}\n\nThe end of it.\n`
}

async function takeIn(where: {
  readonly discordApiUrl: string
  readonly clock: Clock
  readonly databaseUrl: string
  readonly digestsDir: string
}): Promise<void> {
  const bot = await startBot({
    ...where,
    token: 'test-token-0123456789',
    catchUpHours: 6,
    contact: '',
    allowedHosts: [],
    log: createLog({ level: 'silent' }),
  })
  const db = await openDatabase(where.databaseUrl)
  try {
    while ((await unfinished(db)) > 0) await new Promise((resolve) => setTimeout(resolve, 100))
  } finally {
    await db.destroy()
    await bot.close()
  }
}

/** Articles without a story and stories without a summary. */
async function unfinished(db: Database): Promise<number> {
  const articles = await db.selectFrom('article').select('id').where('story_id', 'is', null).execute()
  const stories = await db
    .selectFrom('story')
    .select('id')
    .where((e) => e('summarised_revision', '<', e.ref('revision')))
    .where('merged_into', 'is', null)
    .execute()
  return articles.length + stories.length
}

/** The articles are from a feed from now on, and the feed is gone: a start reads no files. */
async function leaveFolder(db: Database, digestsDir: string, digest: MadeUpDigest): Promise<void> {
  const address = `https://${digest.id}.example/feed.xml`
  const [from, to] = [`folder:${digest.id}/articles`, `feed:${address}`]
  const gone = { kind: 'feed', address, fulltext: 'always', language: 'en', next_poll_at: null }
  await db
    .insertInto('source')
    .values({ ...gone, id: to, outlet: null, poll_state: null })
    .execute()
  await db.updateTable('article').set({ source_id: to }).where('source_id', '=', from).execute()
  await db.updateTable('article_source').set({ source_id: to }).where('source_id', '=', from).execute()
  await db.updateTable('digest_source').set({ source_id: to }).where('source_id', '=', from).execute()
  await writeDefinition(digestsDir, digest, `feed: ${address}`)
}
