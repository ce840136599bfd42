/** The list of digests, and the editions of one. */
import type { Digest } from '../../digest/definition.ts'
import type { Edition } from '../../digest/edition.ts'
import { digestPath, editionPath } from '../addresses.ts'
import { datesIn, isoTime } from '../dates.ts'
import { type Markup, markup, type Piece } from '../markup.ts'
import { brand, type Site } from '../site.ts'
import { type Say, sayIn } from '../text/say.ts'
import { dotted, line } from './foreign.ts'
import { page } from './layout.ts'

const mostHeadlines = 3

export interface DigestLine {
  readonly digest: Digest
  readonly newest: Edition | undefined
}

export function homePage(site: Site, say: Say, digests: readonly DigestLine[]): string {
  const { texts } = say
  return page(
    site,
    say,
    { title: brand, description: texts.digests, path: '/' },
    markup`<h1>${texts.digests}</h1>
${digests.length === 0 ? markup`<p class="note">${texts.noDigests}</p>` : digests.map((each) => digestBlock(site, say, each))}`,
  )
}

function digestBlock(site: Site, say: Say, { digest, newest }: DigestLine): Markup {
  const { id, title, description, language } = digest
  return markup`<section class="digest" lang="${sayIn(language).language}">
<h2><a href="${site.path(digestPath(id))}">${line(title)}</a></h2>
${description === undefined ? '' : markup`<p class="brief">${line(description)}</p>`}
${newest === undefined ? markup`<p class="note" lang="${say.language}">${say.texts.noEditions}</p>` : editionBlock(site, digest, newest)}
</section>
`
}

export interface DigestPage {
  readonly digest: Digest
  /** The newest first. */
  readonly editions: readonly Edition[]
  /** The number before which the next page begins. */
  readonly before?: number
  readonly isFirst: boolean
}

export function digestPage(site: Site, { digest, editions, before, isFirst }: DigestPage): string {
  const say = sayIn(digest.language)
  const { texts } = say
  const path = digestPath(digest.id)
  return page(
    site,
    say,
    {
      title: digest.title,
      ...(digest.description === undefined ? {} : { description: digest.description }),
      path,
      digest,
      isHidden: !isFirst,
    },
    markup`<p class="above"><a href="${site.path('/')}">${texts.home}</a></p>
<h1>${line(digest.title)}</h1>
${digest.description === undefined ? '' : markup`<p class="standfirst">${line(digest.description)}</p>`}
<h2 class="section">${texts.editions}</h2>
${editions.length === 0 ? markup`<p class="note">${texts.noEditions}</p>` : editions.map((edition) => editionBlock(site, digest, edition))}
<nav class="pages" aria-label="${texts.pages}">
${isFirst ? markup`<span></span>` : markup`<a rel="prev" href="${site.path(path)}">← ${texts.newest}</a>`}
${before === undefined ? '' : markup`<a rel="next" href="${site.path(`${path}?before=${before}`)}">${texts.older} →</a>`}
</nav>`,
  )
}

/** An edition in a list: number, day, its first headlines. */
function editionBlock(site: Site, digest: Digest, edition: Edition): Markup {
  const say = sayIn(digest.language)
  const dates = datesIn(say.language, digest.schedule.zone)
  const count = edition.items.length
  const facts: readonly Piece[] = [
    markup`<time datetime="${isoTime(edition.slot)}">${dates.day(edition.slot)}</time>`,
    count === 0 ? say.texts.quietNone : say.count(say.texts.stories, count),
    count === 0 ? '' : say.count(say.texts.reading, edition.minutes),
  ]
  const headlines = edition.items
    .slice(0, mostHeadlines)
    .map((item) => markup`<li>${line(item.headline)}</li>\n`)
  return markup`<article class="edition-line">
<p class="facts"><a class="strong" href="${site.path(editionPath(digest.id, edition.number))}">${say.texts.number(say.figure(edition.number))}</a> · ${dotted(facts)}</p>
${count === 0 ? '' : markup`<ul class="headlines">\n${headlines}</ul>`}
</article>
`
}
