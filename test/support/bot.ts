/** The real bot for one test: on a stand-in Discord, with its own folder of digests, a SQLite file and a clock that can be moved. */
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext } from 'node:test'
import { type Bot, type BotOptions, startBot } from '../../src/bot.ts'
import { type MovableClock, movableClock } from '../../src/clock.ts'
import { createLog } from '../../src/log.ts'
import type { Answer, MemberHands, StandIn, StoredMessage } from '../../src/rehearsal/standin/types.ts'
import { openPool } from '../../src/work/pool.ts'
import { beforeClose, openTestDiscord, type TestDiscordOptions } from './standin.ts'

export const ownerId = '100000000000000001'
export const memberId = '100000000000000002'

export interface TestBot {
  readonly discord: StandIn
  readonly clock: MovableClock
  readonly digestsDir: string
  readonly channelId: string
  readonly owner: MemberHands
  readonly member: (locale: string) => MemberHands
  /** Lines of the log as objects, oldest first. */
  readonly logged: readonly Readonly<Record<string, unknown>>[]
  /** The nth line with that event (the first by default), now or later. */
  readonly untilLogged: (event: string, nth?: number) => Promise<Readonly<Record<string, unknown>>>
  /** How often an event was logged so far. */
  readonly timesLogged: (event: string) => number
  readonly start: (also?: Partial<BotOptions>) => Promise<Bot>
  /** A bot of another process on the same database and Discord; it is closed when the test ends. */
  readonly startBeside: (also: Partial<BotOptions>) => Promise<Bot>
  /** Ends the bot as a person would with Ctrl+C. */
  readonly stop: () => Promise<void>
  /** As the owner: posts the digest in the channel at 07:30 UTC. */
  readonly setUp: () => Promise<void>
  /** Sets the clock just before an instant, so that the scheduler sees it come. */
  readonly approach: (iso: string) => void
  /** The digest's messages in the channel, once there are so many. */
  readonly untilPosted: (count: number) => Promise<readonly StoredMessage[]>
}

const definition = `title: Harbour Wire
language: en
sources:
  - folder: articles
    name: Harbour Wire
schedule:
  times: ["07:30"]
  zone: UTC
size: 5
`

export const bridge = `Council agrees on new bridge over the Averne

The vote was close. Work begins in spring.

The council of Port Averne agreed on Monday to build a new bridge over the Averne, with 14 votes to 12. It will cost 12 million pounds.

"We have waited thirty years for this," said the mayor, Beatrix Lanyon.

source-041

Leave a Reply`

export const reef = `Divers map a coral reef off Saltmere

The reef lies 40 metres down and is two kilometres long.

Divers from the University of Merrow have mapped a cold-water coral reef off Saltmere. They counted 31 kinds of fish.

source-042
`

/** One for all bots of a test file, since a worker that starts loads all that it may need. */
const pool = openPool()
after(() => pool.close())

/** Nothing is started yet; everything is closed and removed when the test ends. */
export async function openTestBot(
  t: TestContext,
  discordOptions: TestDiscordOptions = {},
  allowedHosts: readonly string[] = [],
  more: Partial<BotOptions> = {},
): Promise<TestBot> {
  let bot: Bot | undefined
  const stop = async (): Promise<void> => {
    await bot?.close()
    bot = undefined
  }
  const clock = movableClock(Date.parse('2026-11-20T06:00:00Z'))
  const discord = await openTestDiscord(t, {
    now: clock.now,
    guilds: [
      {
        name: 'Test',
        ownerId,
        channels: [{ name: 'news' }],
        members: [
          { id: ownerId, name: 'olivia' },
          { id: memberId, name: 'mika' },
        ],
      },
    ],
    ...discordOptions,
  })
  beforeClose(discord, stop)
  const folder = await mkdtemp(join(tmpdir(), 'depesche-bot-'))
  const digestsDir = join(folder, 'digests')
  await mkdir(join(digestsDir, 'wire/articles'), { recursive: true })
  await writeFile(join(digestsDir, 'wire/digest.yaml'), definition)
  const articles = join(digestsDir, 'wire/articles')
  await writeSettled(join(articles, 'bridge.txt'), bridge)
  await writeSettled(join(articles, 'reef.txt'), reef)
  const logged: Record<string, unknown>[] = []
  const waiting = new Set<{ event: string; nth: number; resolve: (line: Record<string, unknown>) => void }>()
  const log = createLog({
    level: 'debug',
    sink: (text) => {
      const line: Record<string, unknown> = JSON.parse(text)
      logged.push(line)
      for (const each of waiting) {
        if (each.event !== line.msg || timesLogged(each.event) < each.nth) continue
        waiting.delete(each)
        each.resolve(line)
      }
    },
  })
  const timesLogged = (event: string): number => logged.filter((line) => line.msg === event).length
  t.after(() => rm(folder, { recursive: true, force: true }))
  const guildId = discord.world.guilds()[0]?.id ?? ''
  const channelId = discord.world.channelNamed('news').id
  const owner = discord.member(ownerId, { guildId })
  const options: BotOptions = {
    token: 'test-token-0123456789',
    discordApiUrl: discord.api,
    databaseUrl: `sqlite:${join(folder, 'depesche.sqlite')}`,
    digestsDir,
    catchUpHours: 6,
    contact: 'https://operator.example',
    allowedHosts,
    pollEveryMs: 50,
    tellEveryMs: 50,
    clock,
    log,
    pool,
    tick: '* * * * * *',
    scanEveryMs: 100,
    ...more,
  }
  return {
    discord,
    clock,
    digestsDir,
    channelId,
    owner,
    member: (locale) => discord.member(memberId, { guildId, locale }),
    logged,
    timesLogged,
    untilLogged: (event, nth = 1) => {
      const found = logged.filter((line) => line.msg === event)[nth - 1]
      return found === undefined
        ? new Promise((resolve) => waiting.add({ event, nth, resolve }))
        : Promise.resolve(found)
    },
    start: async (also = {}) => {
      bot = await startBot({ ...options, ...also })
      return bot
    },
    startBeside: async (also) => {
      const beside = await startBot({ ...options, ...also })
      beforeClose(discord, beside.close)
      return beside
    },
    stop,
    setUp: async () => {
      const asked = { digest: 'wire', channel: channelId, times: '07:30', zone: 'UTC' }
      const answer = await owner.command(channelId, 'digest', asked, { subcommand: 'setup' })
      assert.equal(answer.kind, 'message', JSON.stringify(answer))
    },
    approach: (iso) => clock.moveTo(Date.parse(iso) - 300),
    untilPosted: (count) =>
      discord.world.waitFor(
        () => {
          const messages = discord.world.messages(channelId)
          return messages.length >= count ? messages : undefined
        },
        { what: `${count} messages in the channel`, timeoutMs: 10_000 },
      ),
  }
}

/** Starts it without a gateway: Discord delivers interactions to its web side. Gives the address of the endpoint. */
export async function startOverHttp({ discord, start, untilLogged }: TestBot): Promise<string> {
  await start({ roles: ['poll', 'publish', 'web'], webPort: 0, publicKey: discord.world.verifyKey })
  const { url } = await untilLogged('web.listening')
  const endpoint = `${String(url)}/interactions`
  await discord.admin.setEndpoint(endpoint)
  return endpoint
}

/** Writes a file as if an hour ago: one that was written this instant is read by the next scan only. */
export async function writeSettled(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(path, content)
  const anHourAgo = new Date(Date.now() - 3_600_000)
  await utimes(path, anHourAgo, anHourAgo)
}

/** The message that answers, or a failed test that says what came instead. */
export function messageOf(answer: Answer): StoredMessage {
  if (answer.kind !== 'message' && answer.kind !== 'update')
    assert.fail(`no message: ${JSON.stringify(answer)}`)
  return answer.message
}

/** Everything a person can read in a message, joined. */
export function textOf(message: StoredMessage): string {
  const found: string[] = []
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const each of value) visit(each)
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, each] of Object.entries(value)) {
        if ((key === 'content' || key === 'label' || key === 'placeholder') && typeof each === 'string')
          found.push(each)
        else visit(each)
      }
    }
  }
  visit(message.wire.components)
  return found.join('\n')
}

/** The custom ids of a message, in order. */
export function customIdsOf(message: StoredMessage): readonly string[] {
  return [...JSON.stringify(message.wire.components).matchAll(/"custom_id":"([^"]+)"/g)].map(
    (match) => match[1] ?? '',
  )
}
