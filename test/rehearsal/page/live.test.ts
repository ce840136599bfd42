import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Events, type Interaction } from 'discord.js'
import { member, onStage, owner, type Stage } from './open-stage.ts'
import { digestMessage, embedMessage, writable } from './stage-bot.ts'

/** What the composer's list offers, once it offers anything. */
async function offered({ tab }: Stage): Promise<readonly string[]> {
  const labels = tab.locator('.listbox:popover-open .choice-label')
  await labels.first().waitFor()
  return labels.allTextContents()
}

async function typeCommand({ tab }: Stage, text: string): Promise<void> {
  await tab.locator('#composer-input').focus()
  await tab.keyboard.type(text)
  await tab.locator('.listbox:popover-open .choice').first().waitFor()
}

test('a message appears as it is posted and changes as it is edited, without a reload', (t) =>
  onStage(t, {}, async ({ bot, tab, newsId }) => {
    await tab.evaluate('window.wasLoaded = true')
    const posted = await writable(bot, newsId).send('First **words**')
    await tab.locator('.message strong', { hasText: 'words' }).waitFor()
    await posted.edit('Second words')
    await tab.locator('.message', { hasText: 'Second words' }).getByText('(edited)').waitFor()
    assert.equal(await tab.locator('.message').count(), 1)
    assert.match((await tab.locator('#announcer').textContent()) ?? '', /First words/)
    assert.equal(await tab.evaluate('window.wasLoaded'), true)
  }))

test('a digest is drawn with its sections, select, buttons and accent', (t) =>
  onStage(t, {}, async ({ bot, tab, newsId }) => {
    await writable(bot, newsId).send(digestMessage())
    const container = tab.locator('.container.accented')
    await container.waitFor()
    assert.equal(
      await tab.evaluate("document.querySelector('.container').style.getPropertyValue('--accent-colour')"),
      '#d9534f',
    )
    assert.deepEqual(await container.locator('h3, h5').allTextContents(), [
      'Harbour Post',
      '1. Night trains return to the coast',
      '2. Council votes for quieter harbour',
    ])
    assert.equal(await container.getByRole('button', { name: 'Unfollow' }).isDisabled(), true)
    assert.equal(
      await container.getByRole('link', { name: 'Archive' }).getAttribute('href'),
      'https://example.com/archive',
    )
    await container.getByRole('img', { name: 'A train at dusk (picture from pictures.example)' }).waitFor()
    const spoiler = container.getByRole('button', { name: 'Spoiler, press to reveal' })
    await spoiler.press('Enter')
    await container.getByText('by one vote').waitFor({ state: 'visible' })
  }))

test('an older message shows its embed, its file and whom it would notify', (t) =>
  onStage(t, {}, async ({ bot, tab, newsId }) => {
    await writable(bot, newsId).send(embedMessage())
    await tab.locator('.embed blockquote em', { hasText: 'west' }).waitFor()
    assert.equal(await tab.locator('.embed-field.inline').count(), 2)
    assert.match((await tab.locator('.embed pre').textContent()) ?? '', /Mon {2}12°/)
    const [download] = await Promise.all([
      tab.waitForEvent('download'),
      tab.getByRole('link', { name: 'tides.txt' }).click(),
    ])
    assert.equal(download.suggestedFilename(), 'tides.txt')
  }))

test('a command is called by keyboard alone, with autocomplete, and its answer is for that person only', (t) =>
  onStage(t, {}, async (stage) => {
    const { tab } = stage
    await typeCommand(stage, '/su')
    assert.deepEqual(await offered(stage), ['/summary'])
    await tab.keyboard.press('Tab')
    await tab.keyboard.type('museum')
    await tab.locator('.choice', { hasText: 'Museum finds' }).waitFor()
    await tab.locator('.choice', { hasText: 'Night trains' }).waitFor({ state: 'detached' })
    await tab.keyboard.press('Enter')
    await tab.keyboard.press('Enter')
    const answer = tab.locator('.message.ephemeral')
    await answer.getByText('The line opens in spring.').waitFor()
    assert.match((await answer.locator('.origin').textContent()) ?? '', /used\/summary/)
    assert.match((await answer.textContent()) ?? '', /Only you can see this/)

    await tab.getByLabel('You are').selectOption(member)
    await answer.waitFor({ state: 'detached' })
    await tab.getByLabel('You are').selectOption({ index: 0 })
    await answer.getByRole('button', { name: 'Dismiss message' }).click()
    await answer.waitFor({ state: 'detached' })
  }))

test('a command without its required option is not sent and says what is missing', (t) =>
  onStage(t, {}, async (stage) => {
    const { tab, standIn } = stage
    await typeCommand(stage, '/summary')
    await tab.keyboard.press('Enter')
    const field = tab.getByRole('combobox', { name: 'story, required' })
    await offered(stage)
    await field.press('Escape')
    const before = standIn.requests.length
    await tab.getByRole('button', { name: 'Send' }).click()
    await tab.getByText('story: This option is required.').waitFor()
    assert.equal(await field.getAttribute('aria-invalid'), 'true')
    assert.deepEqual(
      standIn.requests.slice(before).filter(({ path }) => path.includes('summary')),
      [],
    )
  }))

test('of two autocomplete answers that overtake each other the newest request wins', (t) =>
  onStage(t, {}, async (stage) => {
    const { tab } = stage
    const isFor = (typed: string) => (body: string | null) =>
      body?.includes('"autocomplete"') === true && body.includes(`"story":"${typed}"`)
    const release = Promise.withResolvers<void>()
    const lateOne = Promise.withResolvers<void>()
    await tab.route('**/api/act', async (route) => {
      const body = route.request().postData()
      const response = await route.fetch()
      if (isFor('night')(body)) await release.promise
      await route.fulfill({ response })
      if (isFor('night')(body)) lateOne.resolve()
    })
    await typeCommand(stage, '/summary')
    await tab.keyboard.press('Enter')
    const first = tab.waitForRequest((request) => isFor('night')(request.postData()))
    await tab.keyboard.type('night')
    await first
    await tab.getByRole('combobox', { name: 'story, required' }).fill('museum')
    await tab.locator('.choice', { hasText: 'Museum finds' }).waitFor()
    release.resolve()
    await lateOne.promise
    await tab.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
    assert.deepEqual(await offered(stage), ['Museum finds a lost map in its own cellar'])
  }))

test('a button changes its message in place and keeps the keyboard where it was', (t) =>
  onStage(t, {}, async (stage) => {
    const { tab } = stage
    await typeCommand(stage, '/headlines')
    await tab.keyboard.press('Enter')
    await tab.keyboard.press('Enter')
    const answer = tab.locator('.message.ephemeral')
    await answer.getByRole('heading', { name: 'Page 1' }).waitFor()
    await answer.getByRole('button', { name: 'Next page' }).press('Enter')
    await answer.getByRole('heading', { name: 'Page 2' }).waitFor()
    assert.equal(await tab.locator('.message').count(), 1)
    await answer.locator('[data-key="page:3"]:focus').waitFor()
  }))

test('a select menu is used by keyboard', (t) =>
  onStage(t, {}, async ({ bot, tab, newsId }) => {
    await writable(bot, newsId).send(digestMessage())
    const select = tab.getByRole('combobox', { name: 'Read a story' })
    await select.press('ArrowDown')
    assert.equal(await select.getAttribute('aria-expanded'), 'true')
    await tab.keyboard.press('ArrowDown')
    await tab.keyboard.press('Enter')
    await tab.getByRole('heading', { name: 'Chosen: 1' }).waitFor()
  }))

test('a modal takes its fields and closes with the answer', (t) =>
  onStage(t, {}, async (stage) => {
    const { tab } = stage
    await typeCommand(stage, '/feedback')
    await tab.keyboard.press('Enter')
    await tab.keyboard.press('Enter')
    const dialog = tab.getByRole('dialog', { name: 'What is missing?' })
    await dialog.getByRole('combobox', { name: 'Subject' }).press('ArrowDown')
    await tab.keyboard.press('Enter')
    await dialog.getByLabel('Your words').fill('More *harbour* news')
    await dialog.getByRole('button', { name: 'Submit' }).click()
    await tab.locator('.message.ephemeral em', { hasText: 'harbour' }).waitFor()
    assert.equal(await dialog.count(), 0)
  }))

test('a deferred answer is shown as thinking until it is filled', (t) =>
  onStage(t, {}, async (stage) => {
    const { bot, tab } = stage
    const called = new Promise<Interaction>((resolve) => bot.once(Events.InteractionCreate, resolve))
    await typeCommand(stage, '/slow')
    await tab.keyboard.press('Enter')
    await tab.keyboard.press('Enter')
    await tab.getByText('is thinking…').waitFor()
    const interaction = await called
    assert.ok(interaction.isChatInputCommand())
    await interaction.editReply('Thought through.')
    await tab.getByText('Thought through.').waitFor()
    assert.equal(await tab.getByText('is thinking…').count(), 0)
  }))

test('a command nobody answers is said to have failed', (t) =>
  onStage(t, { deadlines: { firstResponseMs: 300 } }, async (stage) => {
    const { tab } = stage
    await typeCommand(stage, '/silence')
    await tab.keyboard.press('Enter')
    await tab.keyboard.press('Enter')
    await tab.locator('.notice .failure').waitFor()
  }))

test('commands for managers are offered to the owner and not to a member', (t) =>
  onStage(t, {}, async (stage) => {
    const { tab } = stage
    await typeCommand(stage, '/')
    assert.ok((await offered(stage)).includes('/setup'))
    await tab.keyboard.press('Escape')
    await tab.locator('#composer-input').fill('')
    await tab.getByLabel('You are').selectOption(member)
    await tab.locator('.person .avatar', { hasText: 'B' }).waitFor()
    await typeCommand(stage, '/')
    const forMembers = await offered(stage)
    assert.ok(forMembers.includes('/headlines'))
    assert.ok(!forMembers.includes('/setup'))
  }))

test('commands are named in the language the visitor chose', (t) =>
  onStage(t, {}, async (stage) => {
    await stage.tab.getByLabel('Language').selectOption('de')
    await typeCommand(stage, '/schlag')
    assert.deepEqual(await offered(stage), ['/schlagzeilen'])
    await stage.tab.getByText('Die neuesten Schlagzeilen').waitFor()
  }))

test('a channel option offers the channels of its kinds', (t) =>
  onStage(t, {}, async (stage) => {
    const { tab } = stage
    await typeCommand(stage, '/setup')
    await tab.keyboard.press('Enter')
    assert.deepEqual(await offered(stage), ['#news', '#chatter'])
    await tab.keyboard.press('ArrowDown')
    await tab.keyboard.press('Enter')
    await tab.keyboard.press('Enter')
    await tab.locator('.message').getByRole('button', { name: '#chatter' }).waitFor()
  }))

test('plain words are written as the person one is, and a slash without a command is not sent', (t) =>
  onStage(t, {}, async ({ tab, standIn, newsId }) => {
    await tab.locator('#composer-input').fill('hello')
    await tab.keyboard.press('Enter')
    await tab.locator('.message', { hasText: 'hello' }).waitFor()
    await tab.locator('#composer-input').fill('/nothing of that name')
    await tab.keyboard.press('Enter')
    await tab.getByText('Choose a command from the list.').waitFor()
    assert.deepEqual(
      standIn.world.messages(newsId).map(({ wire }) => [wire.author.id, wire.content]),
      [[owner, 'hello']],
    )
  }))

test('the switch for a missing permission takes it from the bot and gives it back', (t) =>
  onStage(t, {}, async ({ bot, tab, newsId, standIn }) => {
    await tab.getByRole('button', { name: 'Rehearsal controls' }).click()
    const fault = tab.getByRole('switch', { name: 'Missing permission' })
    const isAllowed = () => (standIn.world.permissions(newsId, bot.user.id) & (1n << 11n)) !== 0n
    await fault.check()
    await standIn.world.waitFor(() => (isAllowed() ? undefined : true), { what: 'the permission taken' })
    await assert.rejects(writable(bot, newsId).send('no'), { code: 50013 })
    await tab.locator('.request-status', { hasText: '403 · 50013' }).waitFor()
    await fault.uncheck()
    await standIn.world.waitFor(() => (isAllowed() ? true : undefined), { what: 'the permission given back' })
    await writable(bot, newsId).send('allowed again')
    await tab.locator('.message', { hasText: 'allowed again' }).waitFor()
  }))

test('a forum shows its posts with their tags, and a post opens as a thread', (t) =>
  onStage(t, {}, async ({ bot, tab, guildId, standIn }) => {
    const forum = await bot.channels.fetch(standIn.world.channelNamed('archive', guildId).id)
    assert.ok(forum?.isThreadOnly())
    await forum.threads.create({
      name: 'Night trains',
      message: digestMessage(),
      appliedTags: forum.availableTags.map(({ id }) => id),
    })
    await tab.getByRole('button', { name: 'archive (forum)' }).click()
    const post = tab.locator('.post', { hasText: 'Night trains' })
    assert.equal(await post.locator('.tag').textContent(), 'Culture')
    await post.click()
    await tab.locator('.message .container').waitFor()
    assert.equal(await tab.locator('#channel-header h2').textContent(), 'Night trains')
  }))

test('a message in the conversation with the bot is seen by its person only', (t) =>
  onStage(t, {}, async ({ bot, tab }) => {
    const person = await bot.users.fetch(member)
    await tab.getByLabel('You are').selectOption(member)
    await tab.locator('.person .avatar', { hasText: 'B' }).waitFor()
    await tab.getByRole('button', { name: 'direct messages' }).click()
    await tab.getByRole('heading', { name: 'Your conversation with' }).waitFor()
    await person.send('For Ben alone')
    await tab.locator('.message', { hasText: 'For Ben alone' }).waitFor()
    await tab.getByLabel('You are').selectOption({ index: 0 })
    await tab.locator('.message', { hasText: 'For Ben alone' }).waitFor({ state: 'detached' })
  }))

test('the log follows new messages at its end and stays where it is read otherwise', (t) =>
  onStage(t, {}, async ({ bot, tab, newsId }) => {
    const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n')
    await writable(bot, newsId).send(lines)
    await writable(bot, newsId).send('the end')
    await tab.locator('.message', { hasText: 'the end' }).waitFor()
    const distance = 'log.scrollHeight - log.scrollTop - log.clientHeight'
    const measure = `(() => { const log = document.getElementById('log-scroll'); return ${distance} })()`
    assert.ok(Number(await tab.evaluate(measure)) < 2)
    await tab.evaluate("document.getElementById('log-scroll').scrollTop = 0")
    await writable(bot, newsId).send('one more')
    const jump = tab.getByRole('button', { name: 'New messages' })
    await jump.waitFor()
    assert.equal(await tab.evaluate("document.getElementById('log-scroll').scrollTop"), 0)
    await jump.click()
    assert.ok(Number(await tab.evaluate(measure)) < 2)
  }))

test('hostile text becomes text: no element, no handler, no script address', (t) =>
  onStage(t, {}, async ({ bot, tab, guildId, newsId, standIn }) => {
    const hostile = [
      '<img src=x onerror="window.wasHit=true">',
      '<script>window.wasHit=true</script>',
      '[press](javascript:window.wasHit=true)',
      '[press](data:text/html,<b>x</b>)',
      '<svg onload=alert(1)>',
      '**</div><b onclick=x>**',
    ].join('\n')
    await writable(bot, newsId).send({
      content: hostile,
      embeds: [
        {
          title: hostile.slice(0, 200),
          description: hostile,
          fields: [{ name: '<i>n</i>', value: hostile }],
        },
      ],
    })
    await writable(bot, newsId).send(digestMessage(`\n${hostile}`))
    standIn.admin.renameChannel(standIn.world.channelNamed('chatter', guildId).id, '<img-src=x>')
    await tab.getByRole('button', { name: '<img-src=x>' }).waitFor()
    await tab.locator('.message').nth(1).waitFor()
    assert.equal(await tab.locator('.log :is(img, script, b, i, svg[onload])').count(), 0)
    assert.equal(await tab.locator('a:not([href^="https://"]):not([href^="#"])').count(), 0)
    assert.equal(
      await tab.evaluate(
        "[...document.querySelectorAll('*')].some((e) => [...e.attributes].some((a) => a.name.startsWith('on')))",
      ),
      false,
    )
    assert.equal(await tab.evaluate('window.wasHit'), undefined)
  }))

test('on a phone nothing is wider than the window, and the channel list is a drawer', (t) =>
  onStage(t, { width: 390, height: 844, colorScheme: 'dark' }, async ({ bot, tab, newsId }) => {
    await writable(bot, newsId).send(embedMessage())
    await writable(bot, newsId).send(digestMessage(`\n${'unbroken'.repeat(40)}`))
    await tab.locator('.container').waitFor()
    const isWithin = "[document.documentElement, document.getElementById('log-scroll')]"
    assert.equal(await tab.evaluate(`${isWithin}.every((e) => e.scrollWidth <= e.clientWidth)`), true)
    const drawer = tab.getByRole('button', { name: 'chatter' })
    assert.equal(await drawer.isVisible(), false)
    await tab.getByRole('button', { name: 'Channels' }).click()
    await drawer.click()
    await drawer.waitFor({ state: 'hidden' })
    assert.equal(await tab.locator('#channel-header h2').textContent(), 'chatter')
  }))

test('the colours follow the system until the visitor chooses, and the choice is kept', (t) =>
  onStage(t, { colorScheme: 'dark' }, async ({ tab }) => {
    const ground = () => tab.evaluate('getComputedStyle(document.body).backgroundColor')
    assert.equal(await ground(), 'rgb(43, 45, 51)')
    await tab.getByRole('button', { name: 'Switch to light colours' }).click()
    assert.equal(await ground(), 'rgb(255, 255, 255)')
    await tab.reload()
    await tab.getByRole('button', { name: 'Switch to dark colours' }).waitFor()
    assert.equal(await ground(), 'rgb(255, 255, 255)')
  }))

const openapiFile = fileURLToPath(new URL('../../../../shared/discord/openapi.json', import.meta.url))

test("a request that breaks Discord's document stands out in the log", (t) => {
  if (!existsSync(openapiFile)) return t.skip("no copy of Discord's OpenAPI document")
  return onStage(t, { openapiFile }, async ({ tab, standIn, newsId }) => {
    await tab.getByRole('button', { name: 'Rehearsal controls' }).click()
    await tab.getByText('No rule of Discord was broken.').waitFor()
    await fetch(`${standIn.api}/v10/channels/${newsId}/messages`, {
      method: 'POST',
      headers: { Authorization: 'Bot stage', 'Content-Type': 'application/json' },
      body: JSON.stringify({ content: 'x', flags: 'none' }),
    })
    await tab.locator('.request.broken .violation').first().waitFor()
    await tab.getByText('1 of the requests below broke a rule of Discord.').waitFor()
  })
})
