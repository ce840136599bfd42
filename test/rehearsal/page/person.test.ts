/** The rehearsal as a person uses it: the real bot, the page in real Chromium, one step after the other. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Locator } from 'playwright-core'
import { openHost } from '../../support/host.ts'
import { assertAccessible } from './looks.ts'
import { assertCalm, openRehearsal, type Rehearsal } from './open-rehearsal.ts'
import { hasChromium } from './open-stage.ts'

const opml = (
  host: string,
) => `<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline type="rss" text="Harbour Post" xmlUrl="http://${host}/post.xml"/>
<outline type="rss" text="Coast Courier" xmlUrl="http://${host}/courier.xml"/></body></opml>`

const page = `<!doctype html><html lang="en"><head><title>Lighthouse is lit again</title></head><body><article>
<h1>Lighthouse is lit again</h1>${'<p>The lighthouse of Skerra was lit again on Friday after two years of repairs, and ships can see it from twenty miles away.</p>'.repeat(6)}
</article></body></html>`

/** Digests of the bot in the open channel; answers to commands are none. */
function digests({ tab }: Rehearsal): Locator {
  return tab.locator('.log > .message:not(.ephemeral):not(.notice)', { has: tab.locator('.container') })
}

async function setUp({ stage }: Rehearsal, digest: string, channel: string): Promise<void> {
  const { id } = stage.standIn.world.channelNamed(channel, stage.guildId)
  const owner = stage.standIn.member(stage.ownerId, { guildId: stage.guildId })
  const answer = await owner.command(id, 'digest', { digest, channel: id }, { subcommand: 'setup' })
  assert.equal(answer.kind, 'message')
}

async function press(of: Locator, name: string | RegExp): Promise<void> {
  await of.getByRole('button', { name }).first().click()
}

async function moveClock({ tab, controls }: Rehearsal, how: string, done: string): Promise<void> {
  await controls()
  await tab.getByRole('button', { name: how }).click()
  await tab.locator('#panel').getByText(done).waitFor()
}

/** On or back from where one is by the keyboard alone, until that is under the fingers. */
async function tabTo({ tab }: Rehearsal, key: 'Tab' | 'Shift+Tab', name: RegExp): Promise<void> {
  for (let steps = 0; steps < 40; steps += 1) {
    if (name.test(String(await tab.evaluate("document.querySelector('button:focus')?.textContent")))) return
    await tab.keyboard.press(key)
  }
  assert.fail(`the keyboard does not reach ${name}`)
}

test('a person rehearses', { timeout: 120_000 }, async (t) => {
  if (!hasChromium) return t.skip('no Chromium')
  const host = await openHost(t, {
    '/lighthouse': (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end(page),
  })
  const rehearsal = await openRehearsal(t, { allowedHosts: [host.host] })
  const { tab, open, become, command, newest, controls, stage } = rehearsal
  await setUp(rehearsal, 'harbour-wire', 'forum')

  await t.test('the clock goes a day on, and every digest has come once', async () => {
    await open('harbour-wire')
    await moveClock(rehearsal, '+1 day', 'It is one day later.')
    await newest().getByText('Harbour Wire · No. 1').waitFor()
    assert.equal(await digests(rehearsal).count(), 1)
    await assertAccessible(tab, 'digest and controls')
    await tab.getByRole('button', { name: 'Close the rehearsal controls' }).click()
  })

  await t.test('a digest leads to the summary and the full text, and its pages are turned', async () => {
    await press(digests(rehearsal), 'Summary')
    const answer = tab.locator('.message.ephemeral')
    await answer.getByRole('button', { name: 'Follow' }).waitFor()
    await press(answer, 'Dismiss message')
    await tab.locator('#composer-input').focus()
    await tab.keyboard.type('/fulltext')
    await tab.locator('.listbox:popover-open .choice').first().waitFor()
    await tab.keyboard.press('Enter')
    await tab.keyboard.type('archive opens')
    await tab.locator('.choice', { hasText: 'Harbour archive opens' }).waitFor()
    await assertAccessible(tab, 'autocomplete')
    await tab.keyboard.press('Enter')
    await tab.keyboard.press('Enter')
    await answer.getByText(/Page 1 of \d/).waitFor()
    await press(answer, 'Next')
    await answer.getByText(/Page 2 of \d/).waitFor()
    await assertAccessible(tab, 'answer')
  })

  await t.test('what a member wrote is summarised from its menu, by mouse and by keyboard', async () => {
    await open('news')
    await tab.locator('#composer-input').fill(`Look: http://${host.host}/lighthouse`)
    await tab.keyboard.press('Enter')
    const said = tab.locator('.message', { hasText: 'Look:' })
    await said.click({ button: 'right' })
    await tab.getByRole('menuitem', { name: 'Summarise' }).waitFor()
    await assertAccessible(tab, 'menu')
    await tab.keyboard.press('Escape')
    await tab.getByRole('menu').waitFor({ state: 'hidden' })
    await said.getByRole('button', { name: 'More for the message of Mika' }).press('Enter')
    await tab.locator('[role=menuitem]:focus', { hasText: 'Summarise' }).press('Enter')
    const answer = tab.locator('.message.ephemeral', { hasText: 'lit again' })
    await answer.waitFor()
    assert.match((await answer.textContent()) ?? '', /Mikaused\/Summarise/i)
  })

  await t.test('a digest is set up by the keyboard alone', async () => {
    await become('owner')
    await open('announcements')
    await command('digest setup')
    await newest().getByText('Set up a digest').waitFor()
    const active = tab.locator('.listbox:popover-open .choice.active')
    await tabTo(rehearsal, 'Shift+Tab', /Morgenblatt|Harbour Wire/)
    await tab.keyboard.press('ArrowDown')
    await active.waitFor()
    while (!/Harbour Wire/.test((await active.textContent()) ?? '')) await tab.keyboard.press('ArrowDown')
    await tab.keyboard.press('Enter')
    await newest().getByText('Harbour Wire will be posted in').waitFor()
    await tabTo(rehearsal, 'Tab', /Post it there/)
    await tab.keyboard.press('Enter')
    await newest()
      .getByText(/Stop it with/)
      .waitFor()
  })

  await t.test('in an outage a digest is late, and comes once when it is over', async () => {
    await controls()
    await tab.getByRole('switch', { name: 'Outage' }).check()
    await moveClock(rehearsal, 'Next slot', 'The clock stands at the next slot.')
    assert.equal(await digests(rehearsal).count(), 0)
    await tab.getByRole('switch', { name: 'Outage' }).uncheck()
    await moveClock(rehearsal, '+1 hour', 'It is one hour later.')
    await digests(rehearsal).first().waitFor()
    await moveClock(rehearsal, '+1 hour', 'It is one hour later.')
    assert.equal(await digests(rehearsal).count(), 1)
  })

  await t.test('a permission is taken, and the owner is told in a direct message', async () => {
    await setUp(rehearsal, 'morgenblatt', 'announcements')
    await tab.getByRole('switch', { name: 'Missing permission' }).check()
    await moveClock(rehearsal, 'Next slot', 'The clock stands at the next slot.')
    await moveClock(rehearsal, '+1 hour', 'It is one hour later.')
    await tab.locator('#sidebar .channel.dm.unread').click()
    await newest().getByText('announcements').first().waitFor()
    assert.equal(await tab.locator('.request.broken').count(), 0)
  })

  await t.test('a list of feeds is uploaded', async () => {
    await open('news')
    await tab.locator('#composer-input').focus()
    await tab.keyboard.type('/feed import')
    await tab.locator('.listbox:popover-open .choice').first().waitFor()
    await tab.keyboard.press('Enter')
    await tab.getByLabel('file, required').setInputFiles({
      name: 'mine.opml',
      mimeType: 'text/x-opml',
      buffer: Buffer.from(opml(host.host)),
    })
    await tab.locator('.chip.chosen').waitFor()
    await tab.keyboard.press('Enter')
    await newest()
      .getByText(/2 feeds/)
      .waitFor()
  })

  await t.test('a forum shows its posts, and a form opens', async () => {
    await open('forum')
    await tab.locator('.post').first().waitFor()
    await assertAccessible(tab, 'forum')
    await open('news')
    await command('digest setup')
    await press(newest(), 'Other times or time zone')
    await tab.getByRole('dialog').waitFor()
    await assertAccessible(tab, 'form')
    await tab.keyboard.press('Escape')
  })
  assertCalm(rehearsal)
  assert.deepEqual(stage.standIn.violations, [])
})
