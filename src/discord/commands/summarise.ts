/** Any article by its address: typed, or in a message somebody wrote. */
import { type LinkOutcome, linksIn } from '../../digest/link.ts'
import { UserError } from '../../errors.ts'
import { linkView, mostLinks } from '../views/link-view.ts'
import { command, messageCommand } from './command.ts'

export const summarise = command({
  name: 'summarise',
  options: { link: { kind: 'text', required: true }, public: { kind: 'boolean', required: false } },
  isCostly: true,
  run: async ({ options, readLink, say }) => linkView([await readLink(options.link)], say),
})

export const summariseMessage = messageCommand({
  name: 'summarise',
  isCostly: true,
  async run({ readLink, say }, { text }) {
    const links = linksIn(text, mostLinks * 2)
    if (links.length === 0) throw new UserError('no-link', 'There is no link in that message.')
    const outcomes = await Promise.all(links.map(readLink))
    const articles = outcomes.filter((each) => each.kind === 'article')
    return linkView(articles.length > 0 ? onePerArticle(articles) : outcomes, say)
  },
})

/** Two links may lead to one article. */
function onePerArticle(outcomes: readonly (LinkOutcome & { kind: 'article' })[]): readonly LinkOutcome[] {
  return [...new Map(outcomes.map((each) => [each.article.id, each])).values()]
}
