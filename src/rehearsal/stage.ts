/**
 * The stage: the real bot on a stand-in Discord, with a server, its owner and a member, and a clock that can be moved to the next
 * slot. The owner sets up each digest with the bot's own command; the scheduler decides when it is posted.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bot, BotOptions } from '../bot.ts'
import { type MovableClock, movableClock } from '../clock.ts'
import type { Log } from '../log.ts'
import { startStandIn } from './standin/standin.ts'
import type { Answer, StandIn } from './standin/types.ts'

export interface StageOptions
  extends Pick<BotOptions, 'briefCharacters' | 'summaryCharacters' | 'summarySentences'> {
  readonly startBot: (options: BotOptions) => Promise<Bot>
  readonly digestsDir: string
  readonly catchUpHours: number
  readonly contact: string
  readonly allowedHosts: readonly string[]
  readonly log: Log
  readonly openapiFile?: string | undefined
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
  readonly close: () => Promise<void>
}

const ownerId = '100000000000000001'
const memberId = '100000000000000002'
/** How far before a slot the clock is set, so that it is the scheduler that sees it come. */
const runUpMs = 1500

export async function openStage(options: StageOptions): Promise<RehearsalStage> {
  const clock = movableClock()
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
      // What people send along lies where Discord does: here on this machine.
      allowedHosts: [...options.allowedHosts, new URL(standIn.api).host],
      clock,
      log: options.log,
      tick: '* * * * * *',
      scanEveryMs: 1000,
      onTicked: ticks.ticked,
    })
    opened.push(bot.close)
    const guildId = standIn.world.guilds()[0]?.id ?? ''
    const posted = await setUpDigests(standIn, guildId)
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
        if (slot === undefined) return
        clock.moveTo(Math.max(slot - runUpMs, clock.now()))
        await ticks.after(slot)
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
    { name: 'morgenblatt', topic: 'Der deutsche Digest' },
    { name: 'harbour-wire', topic: 'The English digest' },
    { name: 'news', topic: 'Any other digest' },
    { name: 'announcements', kind: 'announcement' as const },
    { name: 'forum', kind: 'forum' as const, tags: [{ name: 'News' }] },
  ],
  members: [
    { id: ownerId, name: 'Olivia' },
    { id: memberId, name: 'Mika' },
  ],
}

/** As the owner: every digest the bot offers goes into the channel of its name, else into `news`. */
async function setUpDigests(standIn: StandIn, guildId: string): Promise<RehearsalStage['posted']> {
  const { world } = standIn
  const owner = standIn.member(ownerId, { guildId, locale: 'en-US' })
  const channels = world.channels(guildId)
  const news = world.channelNamed('news', guildId)
  await world.waitFor(() => world.commands().find((each) => each.name === 'digest'), {
    what: 'the bot registers /digest',
  })
  const offered = await owner.autocomplete(news.id, 'digest', {}, 'digest', { subcommand: 'setup' })
  if (offered.kind !== 'choices') throw new Error(`The bot offered no digests: ${reasonOf(offered)}`)
  const posted: { digestId: string; title: string; channelId: string }[] = []
  for (const { name, value } of offered.choices) {
    const channel = channels.find((each) => each.name === value) ?? news
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
