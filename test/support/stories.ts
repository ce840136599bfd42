/** A database on disk with one source, and articles of made-up events held in it; for tests of what becomes of them. */
import type { TestContext } from 'node:test'
import type { ArticleId, SourceId } from '../../src/article/article.ts'
import { type MovableClock, movableClock } from '../../src/clock.ts'
import { type DigestId, definitionSchema } from '../../src/digest/definition.ts'
import { openStories, type Stories, type StoryThread } from '../../src/jobs/stories.ts'
import { createLog, type Log } from '../../src/log.ts'
import { openStorage, type Storage } from '../../src/storage/storage.ts'
import type { StoryFeatures } from '../../src/story/features.ts'
import { openStoryThread } from '../../src/work/story-thread.ts'
import { analyseFile } from '../../src/work/tasks.ts'
import { analysedArticle } from './articles.ts'
import { newDatabase } from './engines.ts'

const sourceId = 'folder:wire/articles' as SourceId

export interface StoryDesk {
  readonly storage: Storage
  readonly url: string
  readonly clock: MovableClock
  readonly log: Log
  /** Lines of the log as objects, oldest first. */
  readonly logged: readonly Readonly<Record<string, unknown>>[]
  /** Holds articles, not placed yet; their features' ids are their names. */
  readonly hold: (...articles: readonly StoryFeatures[]) => Promise<void>
  /** Holds the article of a text file, analysed as the bot would. */
  readonly holdText: (name: string, text: string) => Promise<ArticleId>
  readonly retire: (name: string) => Promise<ArticleId>
  /** A job on the database, with a real thread unless told; closed when the test ends. */
  readonly open: (openThread?: () => StoryThread) => Stories
  /** Where every article of these names stands, by names: `story` is the name of the article that founded it. */
  readonly places: (
    ...names: readonly string[]
  ) => Promise<Readonly<Record<string, { story: string | undefined; copyOf?: string }>>>
  /** Closes the database and opens it again. */
  readonly reopen: () => Promise<void>
}

export async function openStoryDesk(t: TestContext): Promise<StoryDesk> {
  const url = await newDatabase(t)
  const clock = movableClock(Date.UTC(2026, 2, 1, 9))
  const logged: Record<string, unknown>[] = []
  const log = createLog({ level: 'debug', sink: (line) => void logged.push(JSON.parse(line)) })
  const names = new Map<string, string>()
  const opened: Stories[] = []
  let storage = await openStorage(url)
  const digest = {
    id: 'wire' as DigestId,
    ...definitionSchema.parse({
      title: 'Wire',
      language: 'en',
      sources: [{ folder: 'articles' }],
      schedule: { times: ['07:30'], zone: 'UTC' },
    }),
  }
  const source = { id: sourceId, kind: 'folder', address: 'wire/articles', fulltext: 'always' } as const
  await storage.intake.setHouseDigests([{ digest, sources: [source] }], clock.now())
  t.after(async () => {
    for (const stories of opened) await stories.close()
    await storage.close()
  })
  const idOf = async (name: string) => (await storage.intake.find(incomingOf(name)))?.id
  return {
    get storage() {
      return storage
    },
    url,
    clock,
    log,
    logged,
    hold: async (...articles) => {
      for (const features of articles) {
        const held = await storage.intake.hold(
          incomingOf(features.id),
          JSON.stringify(features),
          analysedArticle({ features: JSON.stringify({ ...features, id: '' }) }),
          clock.now(),
        )
        names.set(held.id, features.id)
      }
    },
    holdText: async (name, text) => {
      const file = { name: `${name}.txt`, bytes: Buffer.from(text), outlet: 'Wire', language: 'en' }
      const outcome = analyseFile(file)
      if (outcome.kind === 'refused') throw new Error(outcome.reason)
      const held = await storage.intake.hold(incomingOf(name), text, outcome.article, clock.now())
      names.set(held.id, name)
      return held.id
    },
    retire: async (name) => {
      const id = await storage.intake.retire(incomingOf(name).keys[0] ?? '', clock.now())
      if (id === undefined) throw new Error(`${name} is not held`)
      return id
    },
    open: (openThread = () => openStoryThread()) => {
      const stories = openStories({ now: clock.now, intake: storage.intake, openThread, log })
      opened.push(stories)
      return stories
    },
    places: async (...asked) => {
      const found: Record<string, { story: string | undefined; copyOf?: string }> = {}
      for (const name of asked) {
        const id = await idOf(name)
        const article = id === undefined ? undefined : await storage.library.findArticle(id)
        if (article === undefined) continue
        const [founder, ...rest] = article.storyId.split('~')
        const copyOf = article.copyOf === undefined ? undefined : names.get(article.copyOf)
        found[name] = {
          story: [names.get(founder ?? ''), ...rest].join('~'),
          ...(copyOf === undefined ? {} : { copyOf }),
        }
      }
      return found
    },
    reopen: async () => {
      for (const stories of opened.splice(0)) await stories.close()
      await storage.close()
      storage = await openStorage(url)
    },
  }
}

function incomingOf(name: string) {
  return { sourceId, keys: [`file:${sourceId}:${name}`] }
}
