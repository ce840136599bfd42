/** What the articles of a story say together: worked out after they were placed, kept up to date, and never behind for long. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { StoryId } from '../../src/article/article.ts'
import { summariseChanged } from '../../src/jobs/story-summaries.ts'
import { openStorage } from '../../src/storage/storage.ts'
import type { Story } from '../../src/story/story.ts'
import { tellStory } from '../../src/work/story-tasks.ts'
import { openTestBot, writeSettled } from '../support/bot.ts'
import { openStoryDesk, type StoryDesk } from '../support/stories.ts'

const courier = `Warehouse fire in Kelsport injures four

A fire destroyed the Nordstern warehouse in the port of Kelsport on Monday night.

The fire broke out in the Nordstern warehouse in Kelsport shortly before midnight, the fire brigade said on Tuesday. Four people were injured. The police put the damage at 2 million pounds.

Harbour Courier
`
const echo = `Kelsport: Nordstern warehouse burns down

The Nordstern warehouse in Kelsport has burned down to the walls. Eighty firefighters from six towns pumped water out of the harbour basin until the morning of Tuesday. Ferries to Skarholm were delayed by two hours because of the smoke.

The Saltmere Echo
`
const later = `Damage of Kelsport warehouse fire far higher than thought

The damage of the fire at the Nordstern warehouse in Kelsport is put at 7 million pounds by the police, who had spoken of 2 million pounds on Tuesday. Nine people were injured, the hospital said on Thursday. An electrical fault in a cold store is thought to be the cause.

Estuary Radio
`
/** The courier's text again, word for word. */
const carried = courier.replace('Harbour Courier', 'Tarrow Times')

async function summarise(desk: StoryDesk): Promise<number> {
  desk.clock.moveTo(desk.clock.now() + 5000)
  const { clock, storage, log } = desk
  return await summariseChanged({
    now: clock.now,
    summarising: storage.summarising,
    library: storage.library,
    tell: async (tellers) => tellStory({ tellers }),
    log,
  })
}

async function storyOf(desk: StoryDesk, name: string): Promise<Story> {
  const id = (await desk.places(name))[name]
  assert.ok(id !== undefined)
  const [story] = await desk.storage.library.newestStories({ limit: 1 })
  assert.ok(story !== undefined)
  return story
}

function textOf(story: Story): string {
  return (
    story.summaries
      .get('en')
      ?.sentences.map(({ text }) => text)
      .join(' ') ?? ''
  )
}

async function deskWith(t: TestContext, texts: Readonly<Record<string, string>>): Promise<StoryDesk> {
  const desk = await openStoryDesk(t)
  for (const [name, text] of Object.entries(texts)) await desk.holdText(name, text)
  await desk.open().place()
  return desk
}

test('two outlets that tell one event are summarised together, each sentence with its article', async (t) => {
  const desk = await deskWith(t, { courier, echo })
  assert.equal(await summarise(desk), 1)
  const story = await storyOf(desk, 'courier')
  const depths = story.summaries.get('en')
  assert.ok(depths !== undefined)
  assert.deepEqual(new Set(depths.sentences.map(({ articleId }) => articleId)).size, 2)
  for (const { text, articleId } of [depths.brief, ...depths.sentences]) {
    const article = story.articles.find(({ id }) => id === articleId)
    assert.ok(
      [article?.standfirst, ...(article?.body ?? [])].some((part) => part?.includes(text)),
      text,
    )
  }
  assert.equal(await summarise(desk), 0)
})

test('a text that several outlets carry is told once, and needs no summary but its own', async (t) => {
  const desk = await deskWith(t, { courier, carried })
  await summarise(desk)
  const story = await storyOf(desk, 'courier')
  assert.equal(story.articles.length, 2)
  assert.equal(story.summaries.size, 0)
})

test('a story that changed while nobody looked is found after the start', async (t) => {
  const desk = await deskWith(t, { courier, echo })
  await desk.reopen()
  assert.equal(await summarise(desk), 1)
  assert.notEqual(textOf(await storyOf(desk, 'courier')), '')
})

test('a story that changes while it is summarised is summarised again', async (t) => {
  const desk = await deskWith(t, { courier, echo })
  const [changed] = await desk.storage.summarising.changedStories(desk.clock.now() + 5000, 10)
  assert.ok(changed !== undefined)
  await desk.holdText('later', later)
  await desk.open().place()
  await desk.storage.summarising.keepSummaries(changed, new Map())
  assert.equal(await summarise(desk), 1)
  assert.match(textOf(await storyOf(desk, 'courier')), /7 million/)
})

test('a sentence of an article that was withdrawn is shown no more, at once', async (t) => {
  const desk = await deskWith(t, { courier, echo })
  await summarise(desk)
  await desk.retire('echo')
  assert.equal((await storyOf(desk, 'courier')).summaries.size, 0)
  await summarise(desk)
  const story = await storyOf(desk, 'courier')
  assert.equal(story.articles.length, 1)
  assert.equal(story.summaries.size, 0)
})

test('a story that cannot be summarised is named, holds up no other, and is not tried again and again', async (t) => {
  const desk = await deskWith(t, { courier, echo })
  desk.clock.moveTo(desk.clock.now() + 5000)
  const { clock, storage, log } = desk
  const tell = () => Promise.reject(new Error('too odd'))
  const job = { now: clock.now, summarising: storage.summarising, library: storage.library, tell, log }
  assert.equal(await summariseChanged(job), 1)
  assert.equal(await summariseChanged(job), 0)
  assert.match(JSON.stringify(desk.logged.find(({ msg }) => msg === 'story.unsummarised')?.err), /too odd/)
})

test('what went into another story leaves no summary behind', async (t) => {
  const desk = await deskWith(t, { courier, echo })
  await summarise(desk)
  const { id } = await storyOf(desk, 'courier')
  const other = 'other' as StoryId
  const [first] = (await storyOf(desk, 'courier')).articles
  await desk.storage.intake.assignStories(
    [{ articleId: first.id, storyId: other }],
    [{ from: id, into: other }],
    desk.clock.now(),
  )
  const story = await desk.storage.library.findStory(id)
  assert.equal(story?.id, other)
  assert.equal(story?.articles.length, 2)
  assert.equal(story?.summaries.size, 0)
})

test('the bot itself summarises a story when two outlets tell it, once, and again when a third brings new figures', async (t) => {
  const bot = await openTestBot(t)
  const articles = join(bot.digestsDir, 'wire/articles')
  await writeSettled(join(articles, 'courier.txt'), courier)
  await writeSettled(join(articles, 'echo.txt'), echo)
  await bot.start()
  const told = async (wanted: RegExp): Promise<string> => {
    for (let nth = 1; ; nth++) {
      await bot.untilLogged('story.summarised', nth)
      const storage = await openStorage(`sqlite:${join(bot.digestsDir, '../depesche.sqlite')}`)
      const stories = await storage.library.newestStories({ limit: 10 })
      await storage.close()
      const text = stories.map(textOf).join('')
      if (wanted.test(text)) return text
    }
  }
  assert.doesNotMatch(await told(/Nordstern/), /7 million/)
  const once = bot.logged.filter(
    ({ msg, languages }) => msg === 'story.summarised' && String(languages) === 'en',
  )
  assert.equal(once.length, 1)
  await writeSettled(join(articles, 'later.txt'), later)
  const text = await told(/7 million|Nine people/)
  assert.doesNotMatch(text, /damage at 2 million|Four people/)
})
