/** Looking for stories in everything that is published. */
import type { Digest, DigestId } from '../../digest/definition.ts'
import type { SearchHit, SearchResult } from '../../digest/search.ts'
import { searchPath, storyPath } from '../addresses.ts'
import { type Dates, datesIn, isoTime } from '../dates.ts'
import { type Markup, markup, type Piece } from '../markup.ts'
import type { Site } from '../site.ts'
import type { Say } from '../text/say.ts'
import { dotted, foreignLink, line } from './foreign.ts'
import { page } from './layout.ts'

export interface SearchPage {
  readonly words: string
  readonly digests: readonly Digest[]
  readonly within?: Digest
  readonly page: number
  readonly pages: number
  /** Undefined where nothing was asked. */
  readonly result?: SearchResult
}

export function searchPage(site: Site, say: Say, shown: SearchPage): string {
  const { texts } = say
  const { words, within, result } = shown
  const zone = (within ?? shown.digests[0])?.schedule.zone ?? 'UTC'
  const dates = datesIn(say.language, zone)
  return page(
    site,
    say,
    {
      title: words === '' ? texts.search : `${words} · ${texts.search}`,
      path: '/search',
      isHidden: true,
      ...(within === undefined ? {} : { digest: within }),
    },
    markup`<h1>${texts.search}</h1>
${searchForm(site, say, shown)}
${result === undefined ? '' : markup`<p class="facts" role="status">${result.total === 0 ? texts.nothing : say.count(texts.found, result.total)}</p>`}
${(result?.hits ?? []).map((hit) => hitBlock(site, say, dates, hit))}
${turning(site, say, shown)}`,
  )
}

function searchForm(site: Site, { texts }: Say, { words, digests, within }: SearchPage): Markup {
  const option = (id: DigestId | '', title: string): Markup =>
    markup`<option value="${id}"${(within?.id ?? '') === id ? markup` selected` : ''}>${title}</option>\n`
  return markup`<form class="search" action="${site.path('/search')}" method="get" role="search">
<label for="words">${texts.searchFor}</label>
<input id="words" type="search" name="q" value="${words}" maxlength="200" aria-describedby="help">
<label for="digest">${texts.searchIn}</label>
<select id="digest" name="digest">
${option('', texts.everywhere)}${digests.map(({ id, title }) => option(id, title))}</select>
<button type="submit">${texts.search}</button>
<p class="note" id="help">${texts.searchHelp}</p>
</form>`
}

function hitBlock(site: Site, say: Say, dates: Dates, hit: SearchHit): Markup {
  const snippet = hit.snippet.map((part) => (part.hit ? markup`<mark>${part.text}</mark>` : part.text))
  const facts = [
    markup`<span class="strong">${line(hit.outlet)}</span>`,
    markup`<time datetime="${isoTime(hit.at)}">${dates.time(hit.at)}</time>`,
    hit.url === undefined ? '' : foreignLink(say.texts.atSource, hit.url),
  ]
  return markup`<article class="story">
<h2><a href="${site.path(storyPath(hit.storyId))}">${line(hit.headline)}</a></h2>
<p class="brief" dir="auto"${hit.language === 'und' ? '' : markup` lang="${hit.language}"`}>${snippet}</p>
<p class="facts">${dotted(facts)}</p>
</article>
`
}

function turning(site: Site, say: Say, { words, within, page: at, pages }: SearchPage): Piece {
  if (pages < 2) return ''
  const link = (to: number, rel: string, text: string): Markup =>
    markup`<a rel="${rel}" href="${site.path(searchPath(words, within?.id, to))}">${text}</a>`
  return markup`<nav class="pages" aria-label="${say.texts.pages}">
${at > 1 ? link(at - 1, 'prev', `← ${say.figure(at - 1)}`) : markup`<span></span>`}
<span>${say.figure(at)} / ${say.figure(pages)}</span>
${at < pages ? link(at + 1, 'next', `${say.figure(at + 1)} →`) : markup`<span></span>`}
</nav>`
}
