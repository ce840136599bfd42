/** Why articles were carried, or were not, in sentences. */
import { describedRule } from '../../digest/filter-rule.ts'
import type { ChannelId } from '../../digest/ledger.ts'
import type { AskedArticle, Why } from '../../digest/why.ts'
import type { Say } from '../text/say.ts'
import { sayRule } from './filter-words.ts'
import { foreign, foreignLink } from './foreign.ts'
import { container, fits, text, type View, weigh } from './layout.ts'
import { timestamp } from './time.ts'

export interface ArticleWhys {
  readonly article: AskedArticle
  readonly channels: readonly ChannelWhy[]
}

/** What became of it in one channel. */
export interface ChannelWhy {
  readonly channelId: ChannelId
  /** Of the digest; foreign. */
  readonly title: string
  readonly why: Why
}

const mostChannels = 4

/** Digests that never read the article are not named beside others. */
export function whyView(all: readonly ArticleWhys[], say: Say): View {
  const components = [container(all.map((each) => text(paragraph(each, say))))]
  return fits(weigh(components)) || all.length < 2 ? { components } : whyView(all.slice(0, -1), say)
}

function paragraph({ article, channels }: ArticleWhys, say: Say): string {
  const concerned = channels.filter(({ why }) => why.kind !== 'not-of-this-digest')
  const lines = concerned.length > 0 ? concerned : channels
  return [
    `**${foreignLink(article.headline, article.url, 250)}**`,
    `-# ${say('why.seen', { outlet: foreign(article.outlet, 60), at: timestamp(article.seenAt, 'f') })}`,
    ...lines
      .slice(0, mostChannels)
      .map(({ channelId, title, why }) => `${foreign(title, 60)}, <#${channelId}>: ${sayWhy(why, say)}`),
  ].join('\n')
}

function sayWhy(why: Why, say: Say): string {
  switch (why.kind) {
    case 'carried':
      return say(why.isUpdate ? 'why.carriedUpdate' : 'why.carried', {
        number: why.number,
        at: timestamp(why.slot, 'f'),
        place: why.place,
      })
    case 'carried-as-copy':
      return say('why.carriedAsCopy', { number: why.number, at: timestamp(why.slot, 'f') })
    case 'copy':
      return say('why.copy', { number: why.ofNumber })
    case 'filtered':
      return say('why.filtered', { rule: sayFiltered(why.rule, say) })
    case 'below-cut':
      return say('why.belowCut', {
        number: why.number,
        at: timestamp(why.slot, 'f'),
        place: why.place,
        of: why.of,
      })
    case 'not-moved':
      return say('why.notMoved', { number: why.ofNumber })
    case 'quiet':
      return say('why.quiet', { stories: why.stories })
    case 'too-late':
      return say(why.standing === undefined ? 'why.tooLate' : `why.tooLate.${why.standing}`)
    case 'waiting':
      return say('why.waiting')
    case 'retired':
      return say('why.retired', { at: timestamp(why.at, 'f') })
    case 'not-of-this-digest':
      return say('why.notOfThisDigest')
  }
}

/** On record is the rule as it was written then, in a line. */
function sayFiltered(line: string, say: Say): string {
  const rule = describedRule(line)
  return rule === undefined ? foreign(line, 150) : sayRule(rule, say)
}
