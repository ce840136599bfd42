/**
 * A stage for one test: a stand-in Discord, a bot on a real client, the page's server and a tab in real Chromium.
 * Whatever the browser complains about (errors, violations of the page's content policy) fails the test.
 */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { after, type TestContext } from 'node:test'
import type { Client } from 'discord.js'
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
  readonly newsId: string
  readonly slotsMoved: () => number
}

export interface StageOptions {
  readonly width?: number
  readonly height?: number
  readonly colorScheme?: 'light' | 'dark'
  readonly deadlines?: NonNullable<StandInOptions['deadlines']>
  readonly openapiFile?: string
}

export function stageGuild(): NonNullable<StandInOptions['guilds']>[number] {
  return {
    id: guildId,
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
after(() => browser?.close())

/** Runs `play` on a fresh stage; skips openly where there is no Chromium. */
export async function onStage(
  t: TestContext,
  options: StageOptions,
  play: (stage: Stage) => Promise<void>,
): Promise<void> {
  if (!hasChromium) return t.skip('no Chromium')
  const standIn = await startStandIn({
    guilds: [stageGuild()],
    ...(options.deadlines === undefined ? {} : { deadlines: options.deadlines }),
    ...(options.openapiFile === undefined ? {} : { openapiFile: options.openapiFile }),
  })
  t.after(() => standIn.close())
  const bot = await startStageBot(standIn.api)
  t.after(() => bot.destroy())
  let moves = 0
  const page = await startPage({
    standIn,
    me: { userId: owner, guildId },
    clock: {
      now: Date.now,
      nextSlot: async () => {
        moves += 1
      },
    },
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
  await play({ standIn, bot, tab, newsId: standIn.world.channelNamed('news').id, slotsMoved: () => moves })
  assert.deepEqual(complaints, [])
}
