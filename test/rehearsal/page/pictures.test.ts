/** Pictures of what people see, in two languages, sizes and colours, for people to look at: `SHOTS=folder` says where they are put. */
import { test } from 'node:test'
import { picture, wantsPictures } from './looks.ts'
import { openRehearsal } from './open-rehearsal.ts'
import { hasChromium } from './open-stage.ts'

const languages = [
  {
    locale: 'en-US',
    digest: 'harbour-wire',
    button: { summary: 'Summary', fulltext: 'Full text' },
    command: { setup: 'digest setup', status: 'status', help: 'help' },
  },
  {
    locale: 'de',
    digest: 'morgenblatt',
    button: { summary: 'Zusammenfassung', fulltext: 'Volltext' },
    command: { setup: 'digest einrichten', status: 'status', help: 'hilfe' },
  },
] as const

test('pictures are taken', async (t) => {
  if (!hasChromium) return t.skip('no Chromium')
  if (!wantsPictures) return t.skip('SHOTS names no folder')
  const rehearsal = await openRehearsal(t)
  const { tab, stage, open, become, command, newest, controls } = rehearsal
  const owner = stage.standIn.member(stage.ownerId, { guildId: stage.guildId })
  const forum = stage.standIn.world.channelNamed('forum', stage.guildId).id
  for (const { digest } of languages)
    await owner.command(forum, 'digest', { digest, channel: forum }, { subcommand: 'setup' })
  await controls()
  await tab.getByRole('button', { name: '+1 day' }).click()
  await tab.getByText('It is one day later.').waitFor()
  await picture(tab, 'controls')
  await controls()
  await tab.getByRole('button', { name: 'Close the rehearsal controls' }).click()

  for (const { locale, digest, button, command: names } of languages) {
    await tab.getByLabel('Language').selectOption(locale)
    await become('member')
    await open(digest)
    await tab.locator('.log .container').first().waitFor()
    await picture(tab, `${locale}-digest`)
    await tab.getByRole('button', { name: button.summary }).first().click()
    const answer = tab.locator('.message.ephemeral')
    await answer.locator('.container').waitFor()
    await picture(tab, `${locale}-summary`)
    await answer.getByRole('button', { name: button.fulltext }).click()
    await answer.getByRole('separator').first().waitFor()
    await picture(tab, `${locale}-fulltext`)
    await open('forum')
    await tab.locator('.post').first().waitFor()
    await picture(tab, `${locale}-forum`)
    await become('owner')
    await open('announcements')
    for (const [name, title] of Object.entries(names)) {
      const before = await tab.locator('.message.ephemeral .container').count()
      await command(title)
      await tab.locator('.message.ephemeral .container').nth(before).waitFor()
      await newest().locator('.container').waitFor()
      await picture(tab, `${locale}-${name}`)
    }
  }
})
