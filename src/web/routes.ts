/** Every address of the site and what is answered there. Explicit: what is not in the list does not exist. */
import type { ArticleId, StoryId } from '../article/article.ts'
import type { Archive, PublishedDigest, PublishedEdition } from '../digest/archive.ts'
import type { DigestId } from '../digest/definition.ts'
import type { Search } from '../digest/search.ts'
import { type Answer, keptForever, keptLong, keptShort, neverKept, pageAnswer } from './answer.ts'
import type { Cards } from './cards.ts'
import { atom } from './feeds/atom.ts'
import { type By, type Feed, feedOf } from './feeds/entries.ts'
import { jsonFeed } from './feeds/json-feed.ts'
import { digestsOpml, sourcesOpml } from './feeds/opml.ts'
import { rss } from './feeds/rss.ts'
import { iconFile, styleFile } from './files.ts'
import type { Gate } from './gate.ts'
import type { Site } from './site.ts'
import { readersLanguage, sayIn } from './text/say.ts'
import { digestPage, homePage } from './views/digest-view.ts'
import { editionPage } from './views/edition-view.ts'
import { type Problem, problemPage } from './views/problem-view.ts'
import { searchPage } from './views/search-view.ts'
import { articlePage, storyPage } from './views/story-view.ts'

export interface Asked {
  readonly parameters: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** `Accept-Language`. */
  readonly languages: string | undefined
  /** Under which the log has it where something goes wrong. */
  readonly reference: string
}

export interface RouteOptions {
  readonly site: Site
  readonly archive: Archive
  readonly search: Search['find']
  readonly searching: Gate
  readonly cards: Cards
}

export interface Route {
  readonly path: string
  readonly answer: (asked: Asked) => Promise<Answer>
}

const editionsAPage = 20
const editionsInFeed = 30
const hitsAPage = 20
const mostPages = 50
const mostWords = 200

export function routes(options: RouteOptions): readonly Route[] {
  const { site } = options
  return [
    { path: '/', answer: (asked) => home(options, asked) },
    { path: '/d/:digest', answer: (asked) => digestEditions(options, asked) },
    { path: '/d/:digest/atom.xml', answer: feed(options, 'atom.xml', 'application/atom+xml', atom) },
    { path: '/d/:digest/rss.xml', answer: feed(options, 'rss.xml', 'application/rss+xml', rss) },
    { path: '/d/:digest/feed.json', answer: feed(options, 'feed.json', 'application/feed+json', jsonFeed) },
    {
      path: '/d/:digest/opml.xml',
      answer: async (asked) => {
        const found = await digestOf(options, asked)
        return found === undefined
          ? problemAnswer(site, asked, 'missing')
          : opmlAnswer(sourcesOpml(found.digest, await found.readAt()))
      },
    },
    {
      path: '/opml.xml',
      answer: async () =>
        opmlAnswer(
          digestsOpml(
            site,
            (await options.archive.digests()).map(({ digest }) => digest),
          ),
        ),
    },
    { path: '/d/:digest/:number', answer: (asked) => oneEdition(options, asked) },
    { path: '/d/:digest/:number/card.png', answer: (asked) => card(options, asked) },
    { path: '/s/:story', answer: (asked) => story(options, asked) },
    { path: '/a/:article', answer: (asked) => article(options, asked) },
    { path: '/search', answer: (asked) => search(options, asked) },
    { path: site.stylePath, answer: async () => fileAnswer(styleFile().text, 'text/css; charset=utf-8') },
    { path: '/icon.svg', answer: async () => fileAnswer(iconFile(), 'image/svg+xml', keptShort) },
    {
      path: '/robots.txt',
      answer: async () =>
        fileAnswer('User-agent: *\nDisallow: /search\n', 'text/plain; charset=utf-8', keptShort),
    },
  ]
}

/** A page that says what is wrong, in the language of the digest it is about or of the reader. */
export function problemAnswer(site: Site, asked: Asked, problem: Problem, language?: string): Answer {
  const say = sayIn(language ?? readersLanguage(asked.languages, 'en'))
  const status = { missing: 404, busy: 503, refused: 400, failed: 500 }[problem]
  return {
    ...pageAnswer(problemPage(site, say, problem, asked.reference), neverKept),
    status,
    kind: problem === 'refused' ? 'missing' : problem,
    varies: language === undefined,
    ...(problem === 'busy' ? { retryAfter: 2 } : {}),
  }
}

function fileAnswer(body: string, type: string, cache = keptForever): Answer {
  return { status: 200, kind: 'page', type, body, cache }
}

function opmlAnswer(body: string): Answer {
  return { status: 200, kind: 'feed', type: 'text/x-opml; charset=utf-8', body, cache: keptShort }
}

async function home({ site, archive }: RouteOptions, { languages }: Asked): Promise<Answer> {
  const digests = await archive.digests()
  const lines = await Promise.all(
    digests.map(async ({ digest, newest }) => ({ digest, newest: await newest() })),
  )
  const spoken = [...new Set(digests.map(({ digest }) => digest.language))]
  const say = sayIn(readersLanguage(languages, spoken.length === 1 ? (spoken[0] ?? 'en') : 'en'))
  return { ...pageAnswer(homePage(site, say, lines), keptShort), varies: true }
}

function digestOf({ archive }: RouteOptions, { parameters }: Asked): Promise<PublishedDigest | undefined> {
  return archive.findDigest((parameters.digest ?? '') as DigestId)
}

/** A whole number of at most nine digits, from 1; undefined for anything else. */
function numberOf(text: string | null | undefined): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text ?? '') ? Number(text) : undefined
}

async function digestEditions(options: RouteOptions, asked: Asked): Promise<Answer> {
  const { site } = options
  const typed = asked.query.get('before')
  const before = numberOf(typed)
  const found = await digestOf(options, asked)
  if (found === undefined) return problemAnswer(site, asked, 'missing')
  const { digest } = found
  if (typed !== null && before === undefined) return problemAnswer(site, asked, 'missing', digest.language)
  const editions = await found.editions({
    limit: editionsAPage + 1,
    ...(before === undefined ? {} : { before }),
  })
  const shown = editions.slice(0, editionsAPage)
  const last = shown.at(-1)
  const body = digestPage(site, {
    digest,
    editions: shown,
    isFirst: before === undefined,
    ...(editions.length > editionsAPage && last !== undefined ? { before: last.number } : {}),
  })
  return pageAnswer(body, keptShort)
}

interface FoundEdition extends PublishedDigest {
  readonly edition: PublishedEdition
}

/** Or what is answered instead. */
async function editionOf(options: RouteOptions, asked: Asked): Promise<FoundEdition | Answer> {
  const found = await digestOf(options, asked)
  if (found === undefined) return problemAnswer(options.site, asked, 'missing')
  const number = numberOf(asked.parameters.number)
  const edition = number === undefined ? undefined : await found.findEdition(number)
  return edition === undefined
    ? problemAnswer(options.site, asked, 'missing', found.digest.language)
    : { ...found, edition }
}

async function oneEdition(options: RouteOptions, asked: Asked): Promise<Answer> {
  const found = await editionOf(options, asked)
  if (!('edition' in found)) return found
  const { digest, edition, findEdition } = found
  const [stories, older, newer] = await Promise.all([
    options.archive.storiesOf(edition.items.map((item) => item.articleId)),
    findEdition(edition.number - 1),
    findEdition(edition.number + 1),
  ])
  const body = editionPage(options.site, {
    digest,
    edition,
    stories,
    ...(older === undefined ? {} : { older: older.number }),
    ...(newer === undefined ? {} : { newer: newer.number }),
  })
  return pageAnswer(body, keptLong)
}

async function card(options: RouteOptions, asked: Asked): Promise<Answer> {
  const found = await editionOf(options, asked)
  if (!('edition' in found)) return found
  const drawn = await options.cards.of(found.digest, found.edition)
  const { language } = found.digest
  switch (drawn.kind) {
    case 'card':
      return {
        status: 200,
        kind: 'card',
        type: 'image/png',
        body: drawn.png,
        cache: 'public, max-age=86400',
      }
    case 'busy':
      return problemAnswer(options.site, asked, 'busy', language)
    case 'none':
      return problemAnswer(options.site, asked, 'missing', language)
  }
}

async function story({ site, archive }: RouteOptions, asked: Asked): Promise<Answer> {
  const found = await archive.findStory((asked.parameters.story ?? '') as StoryId)
  if (found === undefined) return problemAnswer(site, asked, 'missing')
  return pageAnswer(storyPage(site, found), keptShort)
}

async function article({ site, archive }: RouteOptions, asked: Asked): Promise<Answer> {
  const found = await archive.findArticle((asked.parameters.article ?? '') as ArticleId)
  if (found === undefined) return problemAnswer(site, asked, 'missing')
  return pageAnswer(articlePage(site, found), keptShort)
}

/** Looks in all published digests, or in one of them; what is not published cannot be asked for. */
async function search(options: RouteOptions, asked: Asked): Promise<Answer> {
  const { site, archive } = options
  const { query } = asked
  const words = (query.get('q') ?? '').slice(0, mostWords).toWellFormed().trim()
  const page = numberOf(query.get('page') ?? '1')
  const digests = (await archive.digests()).map(({ digest }) => digest)
  const wanted = query.get('digest') ?? ''
  const within = digests.find((digest) => digest.id === wanted)
  const language = within?.language
  if (page === undefined || page > mostPages || (wanted !== '' && within === undefined))
    return problemAnswer(site, asked, 'missing', language)
  const say = sayIn(language ?? readersLanguage(asked.languages, digests[0]?.language ?? 'en'))
  const frame = { words, digests, page, pages: 1, ...(within === undefined ? {} : { within }) }
  const varies = within === undefined
  if (words === '' || digests.length === 0)
    return { ...pageAnswer(searchPage(site, say, frame), keptShort), varies }
  const result = await options.searching.pass(() =>
    options.search({
      words,
      digestIds: (within === undefined ? digests : [within]).map(({ id }) => id),
      limit: hitsAPage,
      offset: (page - 1) * hitsAPage,
    }),
  )
  if (result === undefined) return problemAnswer(site, asked, 'busy', language)
  const pages = Math.min(Math.ceil(result.total / hitsAPage), mostPages)
  return { ...pageAnswer(searchPage(site, say, { ...frame, result, pages }), keptShort), varies }
}

function feed(
  options: RouteOptions,
  file: string,
  type: string,
  write: (feed: Feed) => string,
): Route['answer'] {
  return async (asked) => {
    const found = await digestOf(options, asked)
    if (found === undefined) return problemAnswer(options.site, asked, 'missing')
    const { digest } = found
    const by: By = asked.query.get('by') === 'story' ? 'story' : 'edition'
    const editions = await found.editions({ limit: editionsInFeed })
    const written = feedOf(options.site, { digest, editions, by, file })
    return {
      status: 200,
      kind: 'feed',
      type: `${type}; charset=utf-8`,
      body: write(written),
      cache: keptLong,
      lastModified: written.updatedAt,
    }
  }
}
