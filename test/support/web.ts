/** The web side over real HTTP, on what a newsroom holds. */
import type { TestContext } from 'node:test'
import type { ArticleId, Instant, SourceId, StoryId } from '../../src/article/article.ts'
import { type Digest, type DigestId, definitionSchema } from '../../src/digest/definition.ts'
import type { GuildId } from '../../src/digest/ledger.ts'
import type { AnalysedArticle } from '../../src/digest/library.ts'
import { sourcesOf } from '../../src/digest/source-list.ts'
import { createLog } from '../../src/log.ts'
import { drawCard } from '../../src/pictures/draw.ts'
import { createMetrics } from '../../src/web/prometheus.ts'
import { startWeb, type WebOptions } from '../../src/web/server.ts'
import { type Newsroom, openNewsroom, wholeArticle } from './newsroom.ts'

export interface TestWeb {
  readonly url: string
  readonly newsroom: Newsroom
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Response>
  readonly textAt: (path: string) => Promise<string>
  /** Lines of the log. */
  readonly logged: readonly string[]
}

export const slot = (day: number): Instant => Date.parse('2026-11-20T07:30:00Z') + (day - 1) * 86_400_000

export async function openTestWeb(
  t: TestContext,
  definition: Readonly<Record<string, unknown>> = {},
  more: Partial<WebOptions> = {},
): Promise<TestWeb> {
  const newsroom = await openNewsroom(t, definition)
  const { storage } = newsroom
  const logged: string[] = []
  const log = createLog({ level: 'debug', sink: (line) => void logged.push(line) })
  const web = await startWeb({
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'https://news.example',
    archive: storage.archive,
    search: storage.search.find,
    figures: storage.figures,
    drawCard,
    vitals: {
      now: () => slot(1),
      startedAt: slot(1),
      askStorage: () => storage.findNote('zone-rules'),
      isGatewayUp: () => true,
      lastTick: () => slot(1),
    },
    metrics: createMetrics(),
    log,
    ...more,
  })
  t.after(web.close)
  const get: TestWeb['get'] = (path, headers = {}) =>
    fetch(`${web.url}${path}`, { headers, redirect: 'manual' })
  return { url: web.url, newsroom, get, textAt: async (path) => (await get(path)).text(), logged }
}

/** Makes the digests of the house exactly these, by the names of their folders. */
export async function setDigests(
  { storage }: Newsroom,
  definitions: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): Promise<void> {
  const digests = Object.entries(definitions).map(([name, given]) => {
    const id = name as DigestId
    const definition = definitionSchema.parse({
      title: name,
      language: 'en',
      schedule: { times: ['07:30'], zone: 'UTC' },
      sources: [{ folder: 'articles' }],
      ...given,
    })
    return { digest: { id, ...definition }, sources: sourcesOf(id, definition) }
  })
  await storage.intake.setHouseDigests(digests, slot(1))
}

/** Holds an article of a source, in a story of its own. */
export async function holdFrom(
  { storage }: Newsroom,
  source: string,
  given: Partial<AnalysedArticle>,
): Promise<ArticleId> {
  const article = wholeArticle(given)
  const { id } = await storage.intake.hold(
    { sourceId: source as SourceId, keys: [source] },
    source,
    article,
    slot(1),
  )
  await storage.intake.assignStories(
    [{ articleId: id, storyId: id.split('').reverse().join('') as StoryId }],
    [],
  )
  return id
}

/** A server's own digest with a feed that no digest of the house has, and an article of it in a story of the house. */
export async function addServerDigest(
  { storage }: Newsroom,
  story: StoryId,
): Promise<{ readonly digest: Digest; readonly articleId: ArticleId }> {
  const feed = 'https://club.example/members.xml'
  const definition = definitionSchema.parse({
    title: 'Ours alone',
    language: 'en',
    sources: [{ feed }],
    schedule: { times: ['07:30'], zone: 'UTC' },
  })
  const digest = await storage.guildDigests.add('100000000000000001' as GuildId, definition, slot(1))
  const article = wholeArticle({ headline: 'What only members know', outlet: 'Club paper' })
  const incoming = { sourceId: `feed:${feed}` as SourceId, keys: ['club'] }
  const { id } = await storage.intake.hold(incoming, 'club', article, slot(1))
  await storage.intake.assignStories([{ articleId: id, storyId: story }], [])
  return { digest, articleId: id }
}
