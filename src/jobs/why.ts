/** What became of an article in every chain of editions that subscriptions follow, for operators and owners. */
import type { ArticleId, Instant } from '../article/article.ts'
import type { DigestId } from '../digest/definition.ts'
import type { EditionId } from '../digest/edition.ts'
import type { Subscription, Subscriptions } from '../digest/ledger.ts'
import type { Library } from '../digest/library.ts'
import type { AskedArticle, Explaining, Why } from '../digest/why.ts'
import { UserError } from '../errors.ts'

export interface WhyAsking {
  readonly explaining: Explaining
  readonly subscriptions: Pick<Subscriptions, 'all'>
  readonly library: Pick<Library, 'findDigest'>
}

export interface WhyReport {
  readonly articles: readonly {
    readonly article: AskedArticle
    readonly chains: readonly ChainWhy[]
  }[]
}

/** Subscriptions that carried the same editions so far, and so share their memory. */
export interface ChainWhy {
  readonly digest: DigestId
  readonly title: string
  readonly subscriptions: number
  readonly why: Why
}

/** Words may mean several articles; more than these are not what was meant. */
const MOST_ARTICLES = 3

/**
 * `typed`: an article's id, its address, or words of it. `digest`: only chains of that one.
 * Errors: `UserError` where nothing held is meant, or there is no such digest.
 */
export async function reportWhy(
  { explaining, subscriptions, library }: WhyAsking,
  typed: string,
  digest?: string,
): Promise<WhyReport> {
  if (digest !== undefined && (await library.findDigest(digest as DigestId)) === undefined)
    throw new UserError('digest-unknown', `There is no digest called "${digest}".`, { typed: digest })
  const articles = await explaining.asked(typed, MOST_ARTICLES)
  if (articles.length === 0) {
    throw new UserError(
      'article-unknown',
      `No article that is held fits "${typed}". Give its address as it was published, or words of its headline.`,
      { typed },
    )
  }
  const all = await subscriptions.all()
  const chains = chainsOf(all.filter(({ digestId }) => digest === undefined || digestId === digest))
  const titles = new Map<DigestId, string>()
  for (const { digestId } of chains) {
    if (!titles.has(digestId)) titles.set(digestId, (await library.findDigest(digestId))?.title ?? digestId)
  }
  return {
    articles: await Promise.all(
      articles.map(async (article) => ({
        article,
        chains: await whysOf(explaining, article.id, chains, titles),
      })),
    ),
  }
}

interface Chain {
  readonly digestId: DigestId
  readonly newest: EditionId | undefined
  readonly subscriptions: number
}

function chainsOf(subscriptions: readonly Subscription[]): readonly Chain[] {
  const shared = Map.groupBy(
    subscriptions,
    ({ digestId, lastEditionId = '' }) => `${digestId}\n${lastEditionId}`,
  )
  return [...shared.values()]
    .flatMap(([first, ...others]) =>
      first === undefined
        ? []
        : [
            {
              digestId: first.digestId,
              newest: first.lastEditionId,
              subscriptions: 1 + others.length,
            },
          ],
    )
    .sort((a, b) => (a.digestId < b.digestId ? -1 : a.digestId > b.digestId ? 1 : 0))
}

async function whysOf(
  explaining: Explaining,
  articleId: ArticleId,
  chains: readonly Chain[],
  titles: ReadonlyMap<DigestId, string>,
): Promise<readonly ChainWhy[]> {
  const whys = await Promise.all(
    chains.map(async ({ digestId, newest, subscriptions }) => {
      const why = await explaining.why(articleId, digestId, newest)
      const title = titles.get(digestId) ?? digestId
      return why === undefined ? undefined : { digest: digestId, title, subscriptions, why }
    }),
  )
  return whys.filter((each) => each !== undefined)
}

/** The report in sentences, an article a paragraph. Digests that never read the article are not named beside others. */
export function sayWhys({ articles }: WhyReport): string {
  return articles
    .map(({ article, chains }) => {
      const concerned = chains.filter(({ why }) => why.kind !== 'not-of-this-digest')
      const lines = (concerned.length > 0 ? concerned : chains).map(sayChain)
      const about = `${article.headline} (${article.outlet}, ${article.id}, seen ${sayTime(article.seenAt)})`
      return [about, ...(lines.length > 0 ? lines : ['No digest is posted anywhere yet.'])].join('\n  ')
    })
    .join('\n\n')
}

function sayChain({ title, subscriptions, why }: ChainWhy): string {
  const where = subscriptions === 1 ? '1 channel' : `${subscriptions} channels`
  return `${title} (${where}): ${sayWhy(why)}`
}

function sayWhy(why: Why): string {
  switch (why.kind) {
    case 'carried':
      return `carried in No. ${why.number} (${sayTime(why.slot)}), in place ${why.place}${why.isUpdate ? ', as news of a story told before' : ''}.`
    case 'carried-as-copy':
      return `carried in No. ${why.number} (${sayTime(why.slot)}), with the article ${why.of}, whose text it repeats.`
    case 'copy':
      return `not carried: it repeats the article ${why.of}, which No. ${why.ofNumber} carried.`
    case 'filtered':
      return `not carried: the filter leaves it out (${why.rule}).`
    case 'below-cut':
      return `not carried in No. ${why.number} (${sayTime(why.slot)}): its story came in place ${why.place} of ${why.of}, below the cut. It may still come.`
    case 'not-moved':
      return `not carried: No. ${why.ofNumber} told its story, and it adds nothing new.`
    case 'quiet':
      return `not carried yet: too little happened (${why.stories === 1 ? '1 story' : `${why.stories} stories`}), and the digest waits for more.`
    case 'too-late':
      return `not carried, and too old by now${why.standing === undefined ? '' : `; until then ${standings[why.standing]}`}.`
    case 'waiting':
      return 'waits for the next edition.'
    case 'retired':
      return `not carried: it was taken back on ${sayTime(why.at)}.`
    case 'not-of-this-digest':
      return 'not carried: none of its sources brought it.'
  }
}

const standings = {
  filtered: 'the filter left it out',
  copy: 'it repeated a carried article',
  'below-cut': 'other stories were more important',
  'not-moved': 'it added nothing to a story that was told',
  quiet: 'too little happened',
} as const

function sayTime(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
