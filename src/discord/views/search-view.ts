/** What a search found, page by page: headline, the place that shows why, outlet and age; and a sentence where nothing was found. */
import type { SearchHit, SearchResult } from '../../digest/search.ts'
import type { SnippetPart } from '../../language/snippet.ts'
import { markOf } from '../mark.ts'
import { languageName } from '../text/language-name.ts'
import type { Say } from '../text/say.ts'
import { escapeMarkdown, foreign, foreignLink, label } from './foreign.ts'
import { button, container, menu, row, text, type View } from './layout.ts'
import { limits } from './limits.ts'
import { firstThatFits, turnRow } from './list-view.ts'
import { timestamp } from './time.ts'

/** Hits on a page: what fits a phone without scrolling for long. */
export const hitsOnPage = 5
/** Nobody turns so many pages, and a custom id holds no more. */
export const mostSearchPages = 100

/** A search as it was asked for; it goes from page to page in the buttons. */
export interface Searched {
  /** One line without colons; see `wordsOption`. */
  readonly words: string
  /** As `markOf` writes it, or `-`. */
  readonly digest: string
  readonly language: string
  readonly page: number
}

export function searchView(result: SearchResult, searched: Searched, say: Say): View {
  const { page } = searched
  const pages = Math.min(Math.ceil(result.total / hitsOnPage), mostSearchPages)
  const counted = say('search.found', { count: result.total })
  const facts = [counted, ...(pages > 1 ? [say('label.page', { page: page + 1, pages })] : [])]
  const heading = `## ${say('search.title', { words: foreign(searched.words, 200) })}\n-# ${facts.join(' · ')}`
  return firstThatFits([600, 400, 260], (room) => ({
    components: [
      container([
        text([heading, ...result.hits.map((hit) => hitText(hit, room, say))].join('\n')),
        menu({ do: 'list', what: 'search' }, say('label.pickStory'), result.hits.map(optionOf)),
        ...turnRow(
          { page, hasNext: page < pages - 1, to: (next) => ({ do: 'search', ...searched, page: next }) },
          say,
        ),
      ]),
    ],
  }))
}

/** Nothing found, and what to try; `headlines` is the command's mention. */
export function nothingFoundView(searched: Searched, headlines: string, say: Say): View {
  const { words } = searched
  const isNarrow = searched.digest !== markOf(undefined) || searched.language !== '-'
  const hint = say(isNarrow ? 'search.noneHere' : 'search.none', { words: foreign(words, 200), headlines })
  if (!isNarrow || words === '') return { components: [text(hint)] }
  const wide = { do: 'search', words, digest: '-', language: '-', page: 0 } as const
  return { components: [text(hint), row(button(say('search.everywhere'), wide))] }
}

function hitText(hit: SearchHit, room: number, say: Say): string {
  const snippet = snippetText(hit.snippet)
  const spoken = say.locale.toLowerCase().split('-')[0]
  const facts = [
    foreign(hit.outlet, 60),
    timestamp(hit.at, 'R'),
    ...(hit.language === spoken || hit.language === 'und' ? [] : [languageName(hit.language, say.locale)]),
  ]
  return [
    `### ${foreignLink(hit.headline, hit.url, room)}`,
    ...(snippet === '' ? [] : [snippet]),
    `-# ${facts.join(' · ')}`,
  ].join('\n')
}

function optionOf({ storyId, headline, outlet }: SearchHit) {
  return {
    label: label(headline, limits.optionLabel),
    value: storyId,
    description: label(outlet, limits.optionDescription),
  }
}

/** A snippet with the found words in bold; everything in it is escaped, piece by piece. */
export function snippetText(parts: readonly SnippetPart[]): string {
  return joinedHits(parts)
    .map(({ text: piece, hit }) => {
      const bare = escapeMarkdown(piece)
      if (bare === '') return /\s/u.test(piece) ? ' ' : ''
      const before = /^\s/u.test(piece) ? ' ' : ''
      const after = /\s$/u.test(piece) ? ' ' : ''
      return hit ? `${before}**${bare}**${after}` : `${before}${bare}${after}`
    })
    .join('')
    .trim()
}

/** Two found words with nothing or a space between are one: `**a** **b**` reads worse, and `**a****b**` is no bold. */
function joinedHits(parts: readonly SnippetPart[]): readonly SnippetPart[] {
  const joined: SnippetPart[] = []
  for (const [at, part] of parts.entries()) {
    const last = joined.at(-1)
    const isGap = !part.hit && /^\s*$/u.test(part.text) && parts[at + 1]?.hit === true
    if (last?.hit === true && (part.hit || isGap)) {
      joined[joined.length - 1] = { text: last.text + part.text, hit: true }
    } else joined.push(part)
  }
  return joined
}
