/**
 * What became of an article, or of every article of a story, in each digest that this server has posted. Words find articles of the
 * server's own digests only; an address or an id finds any that is held and that the server may read.
 */
import type { StoryId } from '../../article/article.ts'
import type { AskedArticle } from '../../digest/why.ts'
import { UserError } from '../../errors.ts'
import type { Context } from '../context.ts'
import { foreign } from '../views/foreign.ts'
import type { View } from '../views/layout.ts'
import { noteView } from '../views/list-view.ts'
import { type ArticleWhys, type ChannelWhy, whyView } from '../views/why-view.ts'
import { guildOf } from './problem.ts'

/** More articles are not what was meant; of a story, so many are explained. */
const mostArticles = 3

/** Errors: `UserError` where no article is meant. */
export async function explain(typed: string, context: Context): Promise<View> {
  const { subscriptions, say, mention } = context
  const posted = await subscriptions.ofGuild(guildOf(context))
  if (posted.length === 0) return noteView(say('subscriptions.none', { setup: mention('digest setup') }))
  const asked = await askedFor(typed, context)
  const isExact = /^https?:/iu.test(typed)
  const whys = await Promise.all(asked.map((article) => whysOf(article, context)))
  const concerned = whys.filter(
    ({ channels }) => isExact || channels.some(({ why }) => why.kind !== 'not-of-this-digest'),
  )
  if (concerned.length > 0) return whyView(concerned, say)
  throw new UserError('article-unknown', `No article that is held fits "${typed}".`, {
    typed: foreign(typed, 100),
  })
}

/** A story by its id stands for its articles. */
async function askedFor(typed: string, context: Context): Promise<readonly AskedArticle[]> {
  const { explaining, library, search, subscriptions } = context
  const story = await library.findStory(typed as StoryId)
  const ids = story?.articles.slice(0, mostArticles).map(({ id }) => id)
  if (ids !== undefined) return each(ids, explaining)
  const exact = /^https?:/iu.test(typed) || /^[a-z0-9]{12}$/u.test(typed)
  const found = exact ? await explaining.asked(typed, mostArticles) : []
  if (found.length > 0) return found
  const posted = await subscriptions.ofGuild(guildOf(context))
  const digestIds = [...new Set(posted.map(({ digestId }) => digestId))]
  const { hits } = await search.find({ words: typed, digestIds, limit: mostArticles })
  return each(
    hits.map(({ articleId }) => articleId),
    explaining,
  )
}

async function each(
  ids: readonly string[],
  explaining: Context['explaining'],
): Promise<readonly AskedArticle[]> {
  return (await Promise.all(ids.map((id) => explaining.asked(id, 1)))).flat()
}

async function whysOf(article: AskedArticle, context: Context): Promise<ArticleWhys> {
  const { explaining, library, subscriptions } = context
  const posted = await subscriptions.ofGuild(guildOf(context))
  const channels = await Promise.all(
    posted.map(async ({ digestId, channelId, lastEditionId }): Promise<readonly ChannelWhy[]> => {
      const why = await explaining.why(article.id, digestId, lastEditionId)
      const title = (await library.findDigest(digestId))?.title ?? digestId
      return why === undefined ? [] : [{ channelId, title, why }]
    }),
  )
  return { article, channels: channels.flat() }
}
