/** A source as it was tried out, what became of adding it, and the choices on the way there. */
import type { APIComponentInContainer } from 'discord-api-types/v10'
import type { Digest } from '../../digest/definition.ts'
import type { FoundArticle, FoundSource, SourceCandidate } from '../../digest/found-source.ts'
import { sourceName } from '../../digest/own-sources.ts'
import { languageName } from '../text/language-name.ts'
import type { Say } from '../text/say.ts'
import { foreign, foreignLink, label } from './foreign.ts'
import { button, container, menu, row, separator, text, type View } from './layout.ts'
import { limits } from './limits.ts'
import { timestamp } from './time.ts'

type Brief = Pick<FoundSource, 'address' | 'title'>

/** A source by the name that it gives itself, or by its host. */
export function titleOf({ title, address }: Brief): string {
  return sourceName({ kind: 'feed', address, name: title })
}

/** What would come of a source; `parts` are what can be done with it. */
export function foundView(
  source: FoundSource,
  sentences: readonly string[],
  parts: readonly APIComponentInContainer[],
  say: Say,
): View {
  return {
    components: [
      container([
        ...(sentences.length === 0 ? [] : [text(sentences.join('\n')), separator]),
        text(
          [heading(source, say), ...source.newest.map((each) => articleLine(each, source, say))].join('\n'),
        ),
        ...notes(source, say),
        ...parts,
      ]),
    ],
  }
}

function heading(source: FoundSource, say: Say): string {
  const { language } = source
  const facts = [
    say(`feed.kind.${source.kind}`),
    ...(language === undefined ? [] : [foreign(languageName(primary(language), say.locale), 40)]),
    say('feed.articlesNow', { count: source.articles }),
  ]
  return `### ${foreignLink(titleOf(source), source.address, 300)}\n-# ${facts.join(' · ')}`
}

function primary(language: string): string {
  return (language.split('-')[0] ?? '').toLowerCase()
}

function articleLine({ headline, url, publishedAt, isWhole }: FoundArticle, { kind }: FoundSource, say: Say) {
  const facts = [
    ...(publishedAt === undefined ? [] : [timestamp(publishedAt, 'R')]),
    ...(kind === 'page' ? [] : [say(isWhole ? 'feed.whole' : 'feed.teaser')]),
  ]
  return `**${foreignLink(headline, url, 300)}**${facts.length === 0 ? '' : `\n-# ${facts.join(' · ')}`}`
}

function notes({ kind, newest }: FoundSource, say: Say): readonly APIComponentInContainer[] {
  if (kind === 'page') return [text(`-# ${say('feed.pageNote')}`)]
  return newest.some(({ isWhole }) => !isWhole) ? [text(`-# ${say('feed.teaserNote')}`)] : []
}

/** A button that adds what was tried out. */
export function addButton(draft: string, say: Say) {
  return row(button(say('button.addFeed'), { do: 'feed-take', draft }, { look: 'primary' }))
}

/** A menu of digests that a source may go into. */
export function digestMenu(draft: string, digests: readonly Digest[], say: Say) {
  return menu(
    { do: 'feed-into', draft },
    say('feed.pickDigest'),
    digests.map(({ id, title }) => ({ label: label(title, limits.optionLabel), value: id })),
  )
}

export function candidatesView(
  candidates: readonly SourceCandidate[],
  host: string,
  draft: string,
  say: Say,
): View {
  return {
    components: [
      container([
        text(say('feed.several', { host: foreign(host, 80) })),
        menu(
          { do: 'feed-pick', draft },
          say('feed.pick'),
          candidates.map(({ address, title }, index) => ({
            label: label(title ?? address, limits.optionLabel),
            value: String(index),
            description: label(address, limits.optionDescription),
          })),
        ),
      ]),
    ],
  }
}
