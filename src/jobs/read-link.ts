/** Reads an article by its address: from what is held, or from its page, which is then held for those who ask next. */
import type { Instant } from '../article/article.ts'
import type { AnalysedArticle, Library } from '../digest/library.ts'
import type { LinkOutcome, LinkProblem, Links, ReadLink } from '../digest/link.ts'
import { typedAddress } from '../digest/typed-address.ts'
import type { Log } from '../log.ts'

export interface PageBytes {
  readonly bytes: Uint8Array
  readonly contentType?: string
  /** The address that answered. */
  readonly url: string
}

export interface LinkReading {
  readonly now: () => Instant
  readonly links: Links
  readonly library: Pick<Library, 'findArticle'>
  readonly fetchPage: (url: string) => Promise<PageBytes | { readonly problem: LinkProblem }>
  /** Runs in a worker; undefined where the page holds no article. */
  readonly analyse: (page: PageBytes) => Promise<AnalysedArticle | undefined>
  readonly log: Log
}

export function createLinkReader(reading: LinkReading): ReadLink {
  const { links, library, log, now } = reading
  const held = async (url: string): Promise<LinkOutcome | undefined> => {
    for (const id of await links.find(url)) {
      const article = await library.findArticle(id)
      if (article !== undefined) return { kind: 'article', article }
    }
    return undefined
  }
  return async (typed) => {
    const url = typedAddress(typed)
    if (url === undefined) return { kind: 'problem', problem: 'bad', host: '' }
    const known = await held(url.href)
    if (known !== undefined) return known
    const problemOf = (problem: LinkProblem): LinkOutcome => ({
      kind: 'problem',
      problem,
      host: url.hostname,
    })
    const page = await reading.fetchPage(url.href)
    if ('problem' in page) return problemOf(page.problem)
    const article = await reading.analyse(page).catch((error: unknown) => {
      log.warn({ err: error, host: url.hostname }, 'link.refused')
      return undefined
    })
    if (article === undefined) return problemOf('no-article')
    const id = await links.hold(url.href, article, now())
    log.info({ host: url.hostname, article: id }, 'link.read')
    const kept = await library.findArticle(id)
    return kept === undefined ? problemOf('no-article') : { kind: 'article', article: kept }
  }
}
