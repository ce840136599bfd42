/**
 * The whole rehearsal for a file of tests: the real bot on its stage with the digests that are shipped, the page, and a tab in real Chromium.
 * The tests of the file go on where the one before has ended, as a person does.
 */
import assert from 'node:assert/strict'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { chromium, type Locator, type Page as Tab } from 'playwright-core'
import { startBot } from '../../../src/bot.ts'
import { createLog } from '../../../src/log.ts'
import { startPage } from '../../../src/rehearsal/page-server.ts'
import { openStage, type RehearsalStage } from '../../../src/rehearsal/stage.ts'
import { shipped } from '../../support/news-bot.ts'
import { chromiumPath } from './open-stage.ts'

export interface Rehearsal {
  readonly stage: RehearsalStage
  /** Digests and articles of this rehearsal alone. */
  readonly digestsDir: string
  readonly tab: Tab
  /** Goes to a channel by its name and kind, as the list of channels says it. */
  readonly open: (name: string) => Promise<void>
  /** A command by keyboard alone: typed, chosen, sent. */
  readonly command: (title: string) => Promise<void>
  /** The newest message of the open channel. */
  readonly newest: () => Locator
  readonly become: (who: 'owner' | 'member') => Promise<void>
  /** Opens the controls unless they are open. */
  readonly controls: () => Promise<void>
  readonly complaints: readonly string[]
}

export interface RehearsalOptions {
  readonly allowedHosts?: readonly string[]
}

/** A text of several pages in the English digest; later than all others, so that it leads. */
const longArticle = `Harbour archive opens after forty years

The archive of the harbour office may be read by everybody from Monday.

${Array.from(
  { length: 36 },
  (_, at) =>
    `Shelf ${at + 1} holds the letters of harbour master number ${at + 1}, who wrote to the council every week about dredging, lamps and the ${at + 2} pilots of Port Averne. Nobody has read them since they were written, and the archivist says that they will change what is known about the great storm.`,
).join('\n\n')}
`

export async function openRehearsal(t: TestContext, options: RehearsalOptions = {}): Promise<Rehearsal> {
  const folder = await mkdtemp(join(tmpdir(), 'depesche-page-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  await cp(shipped, folder, { recursive: true, preserveTimestamps: true })
  await writeFile(join(folder, 'harbour-wire/articles/harbour-archive.txt'), longArticle)
  const stage = await openStage({
    startBot,
    digestsDir: folder,
    startAt: Date.parse('2026-11-20T05:00:00Z'),
    catchUpHours: 6,
    contact: '',
    allowedHosts: options.allowedHosts ?? [],
    webPort: undefined,
    publicUrl: undefined,
    metricsToken: undefined,
    log: createLog({ level: 'silent' }),
    briefCharacters: undefined,
    summaryCharacters: undefined,
    summarySentences: undefined,
    modelUrl: undefined,
    modelName: undefined,
    modelKey: undefined,
  })
  t.after(stage.close)
  const page = await startPage({
    standIn: stage.standIn,
    me: { userId: stage.memberId, guildId: stage.guildId },
    clock: { now: stage.clock.now, nextSlot: stage.nextSlot, moveBy: stage.moveBy },
  })
  t.after(page.close)
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-background-networking'],
  })
  t.after(() => browser.close())
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
    locale: 'en-US',
    reducedMotion: 'reduce',
    // Axe is put into the page from outside, which the policy of the page forbids to everybody else.
    bypassCSP: true,
  })
  const tab = await context.newPage()
  tab.setDefaultTimeout(10_000)
  const complaints: string[] = []
  tab.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  tab.on('pageerror', (error) => complaints.push(String(error)))
  await tab.goto(page.url)
  await tab.getByRole('heading', { name: 'Welcome to #' }).waitFor()
  return { stage, digestsDir: folder, tab, complaints, ...handsOn(tab, stage) }
}

function handsOn(tab: Tab, stage: RehearsalStage) {
  return {
    open: async (name: string) => {
      await tab.locator('#sidebar').getByRole('button', { name, exact: false }).first().click()
    },
    command: async (title: string) => {
      await tab.locator('#composer-input').focus()
      await tab.keyboard.type(`/${title}`)
      await tab.locator('.listbox:popover-open .choice').first().waitFor()
      await tab.keyboard.press('Enter')
      await tab.locator('.draft-name', { hasText: `/${title}` }).waitFor()
      await tab.keyboard.press('Enter')
    },
    newest: () => tab.locator('.log > .message').last(),
    become: async (who: 'owner' | 'member') => {
      await tab.getByLabel('You are').selectOption(who === 'owner' ? stage.ownerId : stage.memberId)
      await tab.locator('.person .avatar', { hasText: who === 'owner' ? 'O' : 'M' }).waitFor()
    },
    controls: async () => {
      if (await tab.locator('#app.panel-open').count()) return
      await tab.getByRole('button', { name: 'Rehearsal controls', exact: true }).click()
    },
  }
}

/** Nothing was complained about since it was last asked. */
export function assertCalm({ complaints }: Rehearsal): void {
  assert.deepEqual(complaints, [])
}
