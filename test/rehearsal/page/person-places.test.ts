/** Where digests go and what becomes of them, as a person sees it: direct messages, threads, announcements, a limit of rate, a correction. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Locator } from 'playwright-core'
import { writeSettled } from '../../support/bot.ts'
import { assertAccessible } from './looks.ts'
import { assertCalm, openRehearsal, type Rehearsal } from './open-rehearsal.ts'
import { hasChromium } from './open-stage.ts'

function digests({ tab }: Rehearsal): Locator {
  return tab.locator('.log > .message:not(.ephemeral):not(.notice)', { has: tab.locator('.container') })
}

async function setUp({ stage }: Rehearsal, channel: string, options: Readonly<Record<string, string>> = {}) {
  const owner = stage.standIn.member(stage.ownerId, { guildId: stage.guildId })
  const wanted = { digest: 'harbour-wire', channel, ...options }
  const answer = await owner.command(channel, 'digest', wanted, { subcommand: 'setup' })
  assert.equal(answer.kind, 'message', JSON.stringify(answer))
}

async function startThread({ stage }: Rehearsal, channel: string, name: string): Promise<string> {
  const answer = await fetch(`${stage.standIn.api}/v10/channels/${channel}/threads`, {
    method: 'POST',
    headers: { authorization: 'Bot rehearsal', 'content-type': 'application/json' },
    body: JSON.stringify({ name, type: 11 }),
  })
  const { id } = await answer.json()
  return String(id)
}

async function moveClock({ tab, controls }: Rehearsal, how: string, done: string): Promise<void> {
  await controls()
  await tab.getByRole('button', { name: how }).click()
  await tab.locator('#panel').getByText(done).waitFor()
}

test('a person follows digests to where they go', { timeout: 120_000 }, async (t) => {
  if (!hasChromium) return t.skip('no Chromium')
  const rehearsal = await openRehearsal(t)
  const { tab, stage, open, newest, controls, digestsDir } = rehearsal
  const { standIn, guildId } = stage
  const idOf = (name: string) => standIn.world.channelNamed(name, guildId).id

  await t.test('a member subscribes, and the digest comes as a direct message', async () => {
    await open('news')
    await tab.locator('#composer-input').focus()
    await tab.keyboard.type('/subscribe')
    await tab.locator('.listbox:popover-open .choice').first().waitFor()
    await tab.keyboard.press('Enter')
    await tab.keyboard.type('harbour')
    await tab.locator('.choice', { hasText: 'Harbour Wire' }).waitFor()
    await tab.keyboard.press('Enter')
    await tab.keyboard.press('Enter')
    await newest().getByText('Harbour Wire comes to you by direct message').waitFor()
  })

  await setUp(rehearsal, await startThread(rehearsal, idOf('news'), 'Harbour talk'))
  await setUp(rehearsal, idOf('announcements'))

  await t.test('under a limit of rate digests wait, and come once when it is over', async () => {
    await controls()
    await tab.getByRole('switch', { name: 'Rate limit' }).check()
    await moveClock(rehearsal, 'Next slot', 'The clock stands at the next slot.')
    await open('harbour-wire')
    await moveClock(rehearsal, '+1 hour', 'It is one hour later.')
    assert.equal(await digests(rehearsal).count(), 0)
    await tab.getByRole('switch', { name: 'Rate limit' }).uncheck()
    await moveClock(rehearsal, '+1 hour', 'It is one hour later.')
    await newest().getByText('Harbour Wire · No. 1').waitFor()
    await newest().getByText('Late: this edition was due').waitFor()
    await moveClock(rehearsal, '+1 hour', 'It is one hour later.')
    assert.equal(await digests(rehearsal).count(), 1)
  })

  await t.test('it is in the thread, in the direct messages, and published where others follow', async () => {
    await open('Harbour talk')
    await newest().getByText('Harbour Wire · No. 1').waitFor()
    await tab.locator('#sidebar .channel.dm').first().click()
    await newest().getByText('Harbour Wire · No. 1').waitFor()
    await assertAccessible(tab, 'direct message')
    await open('announcements')
    await newest().getByText('published to following servers').waitFor()
  })

  await t.test('what its source corrects is corrected and marked', async () => {
    const path = join(digestsDir, 'harbour-wire/articles/ferry-inquiry-propeller-control.md')
    const text = await readFile(path, 'utf8')
    await writeSettled(
      path,
      text.replace('Ferry crash: bridge lost propeller', 'Ferry crash: the bridge kept propeller'),
    )
    await open('harbour-wire')
    const digest = digests(rehearsal).first()
    // A correction rests for a minute after it was read.
    for (let minutes = 0; minutes < 24 && (await digest.locator('.edited').count()) === 0; minutes += 2)
      await stage.moveBy(120_000)
    await digest.getByText('Ferry crash: the bridge kept propeller').first().waitFor()
    await digest.getByText(/Corrected .+: headline/).waitFor()
    await assertAccessible(tab, 'corrected digest')
  })
  assertCalm(rehearsal)
  assert.deepEqual(standIn.violations, [])
})
