/**
 * A stage for one test: a stand-in Discord, a bot on a real client, the page's server and a tab in real Chromium.
 * Whatever the browser complains about (errors, violations of the page's content policy) fails the test.
 */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { after, type TestContext } from 'node:test'
import { type Client, Events, type Guild } from 'discord.js'
import { type Browser, chromium, type Page as Tab } from 'playwright-core'
import { startPage } from '../../../src/rehearsal/page-server.ts'
import { type StandIn, type StandInOptions, startStandIn } from '../../../src/rehearsal/standin/standin.ts'
import { startStageBot } from './stage-bot.ts'

export const chromiumPath = '/usr/bin/chromium'
export const hasChromium = existsSync(chromiumPath)

export const guildId = '100000000000000001'
export const owner = '200000000000000001'
export const member = '200000000000000002'

export interface Stage {
  readonly standIn: StandIn
  readonly bot: Client<true>
  readonly tab: Tab
  /** The server of this test alone. */
  readonly guildId: string
  readonly newsId: string
}

export interface StageOptions {
  readonly width?: number
  readonly height?: number
  readonly colorScheme?: 'light' | 'dark'
  readonly deadlines?: NonNullable<StandInOptions['deadlines']>
  readonly openapiFile?: string
}

export function stageGuild(id = guildId): NonNullable<StandInOptions['guilds']>[number] {
  return {
    id,
    name: 'Harbour Town',
    ownerId: owner,
    botPermissions: (1n << 11n) | (1n << 38n) | (1n << 17n),
    members: [{ id: member, name: 'Ben' }],
    channels: [
      { name: 'news', topic: 'The morning and evening digest' },
      { name: 'archive', kind: 'forum', tags: [{ name: 'Culture' }] },
      { name: 'chatter' },
    ],
  }
}

/** One browser for a file of tests; each stage has a profile of its own. */
let browser: Browser | undefined
/** One Discord and one bot, too, for the stages that want nothing special; each has a server of its own there. */
let shared: Promise<Discord> | undefined
let guilds = 0
after(async () => {
  await browser?.close()
  await (await shared)?.close()
})

interface Discord {
  readonly standIn: StandIn
  readonly bot: Client<true>
  readonly close: () => Promise<void>
}

async function startDiscord(options: Pick<StandInOptions, 'deadlines' | 'openapiFile'>): Promise<Discord> {
  const standIn = await startStandIn({ guilds: [], ...options })
  const bot = await startStageBot(standIn.api)
  return {
    standIn,
    bot,
    close: async () => {
      await bot.destroy()
      await standIn.close()
    },
  }
}

async function openDiscord(t: TestContext, options: StageOptions): Promise<Discord> {
  if (options.deadlines === undefined && options.openapiFile === undefined) {
    shared ??= startDiscord({})
    return shared
  }
  const own = await startDiscord({
    ...(options.deadlines === undefined ? {} : { deadlines: options.deadlines }),
    ...(options.openapiFile === undefined ? {} : { openapiFile: options.openapiFile }),
  })
  t.after(own.close)
  return own
}

/** Resolves when the bot knows the new server. */
async function addGuild({ standIn, bot }: Discord): Promise<string> {
  guilds += 1
  const id = String(BigInt(guildId) + BigInt(guilds))
  const known = new Promise<void>((resolve) => {
    const hear = (guild: Guild) => {
      if (guild.id !== id) return
      bot.off(Events.GuildCreate, hear)
      resolve()
    }
    bot.on(Events.GuildCreate, hear)
  })
  standIn.admin.addGuild(stageGuild(id))
  await known
  return id
}

/** Runs `play` on a fresh stage; skips openly where there is no Chromium. */
export async function onStage(
  t: TestContext,
  options: StageOptions,
  play: (stage: Stage) => Promise<void>,
): Promise<void> {
  if (!hasChromium) return t.skip('no Chromium')
  const discord = await openDiscord(t, options)
  const { standIn, bot } = discord
  const stagedGuild = await addGuild(discord)
  const page = await startPage({
    standIn,
    me: { userId: owner, guildId: stagedGuild },
  })
  t.after(() => page.close())
  browser ??= await chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-background-networking'],
  })
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    colorScheme: options.colorScheme ?? 'light',
    locale: 'en-US',
  })
  t.after(() => context.close())
  const tab = await context.newPage()
  const complaints: string[] = []
  tab.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  tab.on('pageerror', (error) => complaints.push(String(error)))
  await tab.goto(page.url)
  await tab.getByRole('heading', { name: 'Welcome to #news' }).waitFor()
  await play({
    standIn,
    bot,
    tab,
    guildId: stagedGuild,
    newsId: standIn.world.channelNamed('news', stagedGuild).id,
  })
  assert.deepEqual(complaints, [])
}
