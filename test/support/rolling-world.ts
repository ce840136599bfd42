/**
 * The world of the upgrade test: a digest on several servers, articles that come one after the other into its folder and now and then in its
 * feed, and processes of the bot, of this version and of those to come, on one PostgreSQL without any table yet.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { z } from 'zod'
import { movableClock } from '../../src/clock.ts'
import type { GuildSeed } from '../../src/rehearsal/standin/types.ts'
import { openAsItIs } from '../../src/storage/database.ts'
import { seededRandom } from '../bench/random.ts'
import { writeSettled } from './bot.ts'
import type { StartMessage } from './bot-process.ts'
import { type ChaosWorld, firstDay, subscribe, unsettledAt } from './chaos-world.ts'
import { newEmptySchema } from './engines.ts'
import { type FeedItem, rss, sends } from './feeds.ts'
import { madeUpArticle } from './held-news.ts'
import { openHost } from './host.ts'
import { type Life, openLives } from './lives.ts'
import { moodful } from './newer-schema.ts'
import { beforeClose, openTestDiscord } from './standin.ts'

export interface Process extends Pick<Life, 'kill' | 'terminate' | 'ended'> {
  /** The bot in it is connected. Errors: why it could not start. */
  readonly started: Promise<void>
  /** In which steps of PostgreSQL it builds an index now. */
  readonly indexing: () => Promise<readonly string[]>
}

export interface RollingWorld extends Pick<ChaosWorld, 'discord' | 'databaseUrl' | 'db'> {
  /** Starts it; of a version to come it writes what that one writes. */
  readonly begin: (
    name: string,
    what: Required<Pick<StartMessage, 'roles'>> & Pick<StartMessage, 'version'>,
  ) => Promise<Process>
  /** As soon as somebody has read the digest, it goes into every channel, and articles come one after the other. */
  readonly open: () => Promise<void>
  /** When some more articles have come and are in their stories, the next slot comes; resolves when all of it is posted. */
  readonly post: () => Promise<void>
  readonly slots: readonly number[]
  /** No further articles come, and all that came are held and in their stories. */
  readonly end: () => Promise<void>
  /** The headlines of all articles so far. */
  readonly published: readonly string[]
  /** Errors that any process has logged: each with its name. */
  readonly errors: readonly string[]
  readonly until: (isSo: () => Promise<boolean>) => Promise<void>
}

const day = 86_400_000
const slotOfDay = 7.5 * 3_600_000
/** Between two articles. */
const articleEveryMs = 300
const articlesASlot = 2

const guilds: readonly GuildSeed[] = (['forum', 'announcement'] as const).map((kind, guild) => ({
  name: `Guild ${guild}`,
  channels: [{ name: `news-${guild}` }, { name: `other-${guild}`, kind }],
}))

/** Nothing runs yet; so many processes are begun at most. */
export async function openRollingWorld(t: TestContext, processes: number): Promise<RollingWorld> {
  const clock = movableClock(firstDay)
  // Nobody is to be late on a machine that has other things to do, nor because the clock has jumped.
  const deadlines = { firstResponseMs: 20_000, tokenMs: 20 * day }
  const discord = await openTestDiscord(t, { now: clock.now, guilds, deadlines })
  const databaseUrl = await newEmptySchema()
  const db = await openAsItIs(databaseUrl)
  t.after(() => db.destroy())
  const folder = await mkdtemp(join(tmpdir(), 'depesche-rolling-'))
  t.after(() => rm(folder, { recursive: true, force: true }))

  const until = async (isSo: () => Promise<boolean>): Promise<void> => {
    while (!(await isSo())) await pause(50, undefined, { signal: t.signal })
  }

  const random = seededRandom(1)
  const published: string[] = []
  const listed: FeedItem[] = []
  const newArticle = () => {
    const [headline = '', ...paragraphs] = madeUpArticle(random).split('\n\n')
    published.push(headline)
    return { headline, paragraphs }
  }
  const host = await openHost(t, {
    '/wire.xml': (...asked) => sends(rss('Wire', listed))?.(...asked),
  })
  await mkdir(join(folder, 'wire/articles'), { recursive: true })
  const sources = `  - folder: articles\n    name: Desk\n  - feed: ${host.url}/wire.xml\n`
  const schedule = `schedule:\n  times: ["07:30"]\n  zone: UTC\n`
  await writeFile(
    join(folder, 'wire/digest.yaml'),
    `title: Wire\nlanguage: en\nsources:\n${sources}${schedule}size: 20\n`,
  )

  /** How many of these are in their stories. */
  const placed = async (headlines: readonly string[]): Promise<number> => {
    const rows = await db
      .selectFrom('article')
      .select('id')
      .where('headline', 'in', headlines)
      .where('is_placed', '=', 1)
      .execute()
    return rows.length
  }
  let isEnding = false
  let cameByFile = 0
  /** Of these, how many the slots so far may have carried. */
  let carried = 0
  const write = async (): Promise<void> => {
    while (!isEnding) {
      const { headline, paragraphs } = newArticle()
      const text = [headline, ...paragraphs].join('\n\n')
      await writeSettled(join(folder, `wire/articles/${published.length}.txt`), text)
      await until(async () => (await placed([headline])) > 0)
      cameByFile += 1
      await pause(articleEveryMs)
    }
  }
  let writing: Promise<void> = Promise.resolve()

  const lives = openLives(2, [], {}, processes)
  const running = new Set<Life>()
  const errors: string[] = []
  beforeClose(discord, async () => {
    isEnding = true
    for (const life of running) life.kill()
    await Promise.all([...running].map(({ ended }) => ended))
    await lives.close()
  })
  const move = (at: number): void => {
    clock.moveTo(at)
    for (const life of running) life.tell({ kind: 'clock', at: clock.now(), machineAt: Date.now() })
  }
  const begin: RollingWorld['begin'] = async (name, what) => {
    const life = await lives.begin({
      discordApiUrl: discord.api,
      databaseUrl: named(what.version === undefined ? databaseUrl : moodful(databaseUrl), name),
      digestsDir: folder,
      at: clock.now(),
      machineAt: Date.now(),
      allowedHosts: [host.host],
      pollEveryMs: 500,
      scanEveryMs: 200,
      tellEveryMs: 1000,
      deliveryLeaseMs: 3000,
      roleLeaseMs: 2000,
      logLevel: 'error',
      ...what,
    })
    running.add(life)
    const started = new Promise<void>((resolve, reject) => {
      life.onMessage((message) => {
        if (message.kind === 'started') resolve()
        if (message.kind === 'failed') reject(new Error(message.reason))
        if (message.kind === 'logged') errors.push(`${name}: ${message.line}`)
      })
      void life.ended.then(() => {
        running.delete(life)
        reject(new Error(`${name} ended before it had started`))
      })
    })
    // Of one that is killed before it has started nobody asks.
    started.catch(() => undefined)
    return { ...life, started, indexing: () => indexing(name) }
  }
  const indexing = async (name: string): Promise<readonly string[]> => {
    const { rows } = await sql`
      select phase from pg_stat_progress_create_index join pg_stat_activity using (pid)
      where application_name = ${applicationOf(databaseUrl, name)}`.execute(db)
    return z
      .array(z.object({ phase: z.string() }))
      .parse(rows)
      .map(({ phase }) => phase)
  }

  const slots: number[] = []
  return {
    discord,
    databaseUrl,
    db,
    begin,
    open: async () => {
      await until(async () => (await db.selectFrom('digest').select('id').execute()).length > 0)
      await subscribe(discord, databaseUrl)
      writing = write()
      // Whoever ends it hears of it.
      writing.catch(() => undefined)
    },
    post: async () => {
      const { headline, paragraphs } = newArticle()
      listed.push({ title: headline, body: paragraphs })
      await until(async () => cameByFile >= carried + articlesASlot)
      const slot = firstDay + slots.length * day + slotOfDay
      slots.push(slot)
      move(slot + 100)
      await until(async () => (await unsettledAt({ db }, slot)) === 0)
      carried = cameByFile
    },
    slots,
    end: async () => {
      isEnding = true
      await writing
      await until(async () => (await placed(published)) >= published.length)
    },
    published,
    errors,
    until,
  }
}

function applicationOf(databaseUrl: string, process: string): string {
  return `${new URL(databaseUrl).searchParams.get('application_name')}.${process}`
}

/** By it the connections of a process are told from those of others. */
function named(databaseUrl: string, process: string): string {
  const url = new URL(databaseUrl)
  url.searchParams.set('application_name', applicationOf(databaseUrl, process))
  return url.href.replaceAll('+', '%20')
}
