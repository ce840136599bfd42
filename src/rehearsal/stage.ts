/**
 * The stage: the real bot on a stand-in Discord, with a server, its owner and a member, and a clock that can be moved to the next
 * slot. The owner sets up each digest with the bot's own command; the scheduler decides when it is posted.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Instant } from '../article/article.ts'
import type { Bot, BotOptions } from '../bot.ts'
import { type MovableClock, movableClock } from '../clock.ts'
import type { Log } from '../log.ts'
import { startStandIn } from './standin/standin.ts'
import type { Answer, StandIn } from './standin/types.ts'

export interface StageOptions
  extends Pick<
    BotOptions,
    | 'briefCharacters'
    | 'summaryCharacters'
    | 'summarySentences'
    | 'modelUrl'
    | 'modelName'
    | 'modelKey'
    | 'modelDailyTokens'
    | 'modelTimeoutSeconds'
    | 'webPort'
    | 'webHost'
    | 'publicUrl'
    | 'metricsToken'
  > {
  readonly startBot: (options: BotOptions) => Promise<Bot>
  readonly digestsDir: string
  readonly catchUpHours: number
  readonly contact: string
  readonly allowedHosts: readonly string[]
  readonly log: Log
  readonly openapiFile?: string | undefined
  /** What the clock shows at first; the machine's time unless told. */
  readonly startAt?: Instant
}

export interface RehearsalStage {
  readonly standIn: StandIn
  readonly bot: Bot
  readonly clock: MovableClock
  readonly guildId: string
  readonly ownerId: string
  readonly memberId: string
  /** The digests that were set up, each with the channel in which it will be posted. */
  readonly posted: readonly {
    readonly digestId: string
    readonly title: string
    readonly channelId: string
  }[]
  /** Moves the clock to just before the next slot and resolves when the scheduler has dealt with it. */
  readonly nextSlot: () => Promise<void>
  /** Moves the clock on; every slot on the way comes in its time. Resolves when the scheduler has dealt with the last. */
  readonly moveBy: (ms: number) => Promise<void>
  readonly close: () => Promise<void>
}

const ownerId = '100000000000000001'
const memberId = '100000000000000002'
/** How far before a slot the clock is set, so that it is the scheduler that sees it come. */
const runUpMs = 1500
/** A week of digests at every hour; beyond it the bot catches up by itself. */
const maxSlotsOnTheWay = 168

export async function openStage(options: StageOptions): Promise<RehearsalStage> {
  const clock = movableClock(options.startAt)
  const folder = await mkdtemp(join(tmpdir(), 'depesche-rehearsal-'))
  const opened: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })]
  const close = async (): Promise<void> => {
    for (const end of opened.splice(0).reverse()) await end()
  }
  try {
    const standIn = await startStandIn({
      now: clock.now,
      ...(options.openapiFile === undefined ? {} : { openapiFile: options.openapiFile }),
      guilds: [rehearsalGuild],
    })
    opened.push(standIn.close)
    const ticks = createTicks()
    const bot = await options.startBot({
      token: 'rehearsal',
      discordApiUrl: standIn.api,
      databaseUrl: `sqlite:${join(folder, 'depesche.sqlite')}`,
      digestsDir: options.digestsDir,
      catchUpHours: options.catchUpHours,
      contact: options.contact,
      briefCharacters: options.briefCharacters,
      summaryCharacters: options.summaryCharacters,
      summarySentences: options.summarySentences,
      modelUrl: options.modelUrl,
      modelName: options.modelName,
      modelKey: options.modelKey,
      ...(options.modelDailyTokens === undefined ? {} : { modelDailyTokens: options.modelDailyTokens }),
      ...(options.modelTimeoutSeconds === undefined
        ? {}
        : { modelTimeoutSeconds: options.modelTimeoutSeconds }),
      webPort: options.webPort,
      ...(options.webHost === undefined ? {} : { webHost: options.webHost }),
      publicUrl: options.publicUrl,
      metricsToken: options.metricsToken,
      // What people send along lies where Discord does: here on this machine.
      allowedHosts: [...options.allowedHosts, new URL(standIn.api).host],
      clock,
      log: options.log,
      tick: '* * * * * *',
      scanEveryMs: 1000,
      pollEveryMs: 1000,
      tellEveryMs: 1000,
      onTicked: ticks.ticked,
    })
    opened.push(bot.close)
    const guildId = standIn.world.guilds()[0]?.id ?? ''
    const posted = await setUpDigests(standIn, guildId)
    const comeTo = async (slot: number) => {
      clock.moveTo(Math.max(slot - runUpMs, clock.now()))
      await ticks.after(slot)
    }
    return {
      standIn,
      bot,
      clock,
      guildId,
      ownerId,
      memberId,
      posted,
      nextSlot: async () => {
        const slot = await bot.nextSlot()
        if (slot !== undefined) await comeTo(slot)
      },
      moveBy: async (ms) => {
        const target = clock.now() + ms
        for (let slots = 0; slots < maxSlotsOnTheWay; slots += 1) {
          const slot = await bot.nextSlot()
          if (slot === undefined || slot >= target || slot <= clock.now()) break
          await comeTo(slot)
        }
        clock.moveTo(Math.max(target, clock.now()))
        await ticks.after(target)
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

const rehearsalGuild = {
  name: 'Rehearsal',
  locale: 'de',
  ownerId,
  channels: [
    { name: 'news', topic: 'Where the owner tries things out', position: 100 },
    { name: 'announcements', kind: 'announcement' as const, position: 101 },
    { name: 'forum', kind: 'forum' as const, tags: [{ name: 'News' }], position: 102 },
  ],
  members: [
    { id: ownerId, name: 'Olivia' },
    { id: memberId, name: 'Mika' },
  ],
}

/** As the owner: every digest the bot offers goes into a channel of its name. */
async function setUpDigests(standIn: StandIn, guildId: string): Promise<RehearsalStage['posted']> {
  const { world } = standIn
  const owner = standIn.member(ownerId, { guildId, locale: 'en-US' })
  const news = world.channelNamed('news', guildId)
  await world.waitFor(() => world.commands().find((each) => each.name === 'digest'), {
    what: 'the bot registers /digest',
  })
  const offered = await owner.autocomplete(news.id, 'digest', {}, 'digest', { subcommand: 'setup' })
  if (offered.kind !== 'choices') throw new Error(`The bot offered no digests: ${reasonOf(offered)}`)
  const posted: { digestId: string; title: string; channelId: string }[] = []
  for (const { name, value } of offered.choices) {
    const seed = { name: String(value).slice(0, 100), topic: name, position: posted.length }
    const channel = standIn.admin.addChannel(guildId, seed)
    const answer = await owner.command(
      news.id,
      'digest',
      { digest: String(value), channel: channel.id },
      { subcommand: 'setup' },
    )
    if (answer.kind !== 'message') throw new Error(`/digest setup failed: ${reasonOf(answer)}`)
    posted.push({ digestId: String(value), title: name, channelId: channel.id })
  }
  return posted
}

export function reasonOf(answer: Answer): string {
  return answer.kind === 'failed' ? answer.reason : `an answer of kind "${answer.kind}"`
}

/** Lets one wait for the first tick that began at or after an instant. */
function createTicks() {
  const waiting = new Set<{ readonly from: number; readonly done: () => void }>()
  return {
    ticked: (now: number): void => {
      for (const each of waiting) {
        if (now < each.from) continue
        waiting.delete(each)
        each.done()
      }
    },
    after: (from: number): Promise<void> => new Promise((done) => waiting.add({ from, done })),
  }
}
