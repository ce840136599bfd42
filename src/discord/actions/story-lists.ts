/** Lists of stories: an edition, the newest on a topic or in a language, what a search finds; page by page. */
import type { Digest } from '../../digest/definition.ts'
import type { Edition, EditionId } from '../../digest/edition.ts'
import { UserError } from '../../errors.ts'
import type { Context } from '../context.ts'
import type { Action } from '../custom-id.ts'
import { digestsHere } from '../digests-here.ts'
import { markOf } from '../mark.ts'
import { topicsHere } from '../options/topic.ts'
import { languageName } from '../text/language-name.ts'
import type { Say } from '../text/say.ts'
import { foreign } from '../views/foreign.ts'
import type { View } from '../views/layout.ts'
import { editionListView, listLength, noteView, storyListView } from '../views/list-view.ts'
import { hitsOnPage, nothingFoundView, searchView } from '../views/search-view.ts'
import { notHere } from './stories.ts'

type Page<Verb extends Action['do']> = Omit<Extract<Action, { do: Verb }>, 'do'>

/** Errors: `UserError` where the edition is no longer held, or is another server's. */
export async function editionPage({ editionId, page }: Page<'headlines'>, context: Context): Promise<View> {
  const edition = await context.library.findEdition(editionId)
  if (edition === undefined) throw await notHere(editionId, context)
  return editionListView(edition, context.say, page)
}

/** The newest edition that these digests have posted here; where nothing was posted here, the newest of theirs. */
export async function newestEditionHere(
  digests: readonly Digest[],
  { guildId, library, subscriptions }: Context,
): Promise<Edition | undefined> {
  const ids = digests.map(({ id }) => id)
  const posted = guildId === undefined ? [] : await subscriptions.ofGuild(guildId)
  const carried = posted
    .filter(({ digestId }) => ids.includes(digestId))
    .flatMap(({ lastEditionId }) => lastEditionId ?? [])
  const editions = await Promise.all([...new Set(carried)].map((id: EditionId) => library.findEdition(id)))
  const newest = editions
    .filter((edition) => edition !== undefined)
    .sort((a, b) => b.composedAt - a.composedAt)[0]
  return newest ?? library.newestEdition(ids)
}

/** A page of the newest stories held, where no edition tells them. */
export async function storiesPage(asked: Page<'stories'>, context: Context): Promise<View> {
  const { findStories, mention, say } = context
  const digests = await digestsMarked(asked.digest, context)
  const topic = asked.topic === '-' ? undefined : await topicMarked(asked.topic, context)
  const language = asked.language === '-' ? undefined : asked.language
  const start = asked.page * listLength
  const found = await findStories({
    digests,
    ...(topic === undefined ? {} : { topic }),
    ...(language === undefined ? {} : { language }),
    limit: start + listLength + 1,
  })
  const shown = found.slice(start, start + listLength)
  if (shown.length === 0) {
    const isNarrow = topic !== undefined || language !== undefined
    const facts = { headlines: mention('headlines'), search: mention('search') }
    return noteView(isNarrow ? say('headlines.noneSuch', facts) : say('headlines.none'))
  }
  return storyListView(shown, say, {
    title: titleOf(topic, language, say),
    ...(language === undefined ? {} : { language }),
    turning: {
      page: asked.page,
      hasNext: found.length > start + listLength,
      to: (page) => ({ do: 'stories', ...asked, page }),
    },
  })
}

export async function searchPage(asked: Page<'search'>, context: Context): Promise<View> {
  const { mention, say, search } = context
  const digests = await readableMarked(asked.digest, context)
  const result = await search.find({
    words: asked.words,
    digestIds: digests.map(({ id }) => id),
    ...(asked.language === '-' ? {} : { language: asked.language }),
    limit: hitsOnPage,
    offset: asked.page * hitsOnPage,
  })
  return result.hits.length === 0
    ? nothingFoundView(asked, mention('headlines'), say)
    : searchView(result, asked, say)
}

function titleOf(topic: string | undefined, language: string | undefined, say: Say): string {
  const named = language === undefined ? '' : languageName(language, say.locale)
  if (topic === undefined)
    return language === undefined ? say('headlines.newest') : say('headlines.in', { language: named })
  const shown = foreign(topic, 80)
  return language === undefined
    ? say('headlines.on', { topic: shown })
    : say('headlines.onIn', { topic: shown, language: named })
}

/** Without a mark those that are meant here where none is named. */
async function digestsMarked(mark: string, context: Context): Promise<readonly Digest[]> {
  return mark === '-' ? digestsHere(context) : readableMarked(mark, context)
}

/** Without a mark all that may be read here. Errors: `UserError` where the digest is gone. */
async function readableMarked(mark: string, context: Context): Promise<readonly Digest[]> {
  const readable = await context.library.digests(context.guildId)
  if (mark === '-') return readable
  const found = readable.filter(({ id }) => markOf(id) === mark)
  if (found.length === 0) throw oldButton(context)
  return found
}

/** Errors: `UserError` where no digest here has that topic any more. */
async function topicMarked(mark: string, context: Context): Promise<string> {
  const found = (await topicsHere(context)).find((topic) => markOf(topic.toLowerCase()) === mark)
  if (found === undefined) throw oldButton(context)
  return found
}

function oldButton({ mention }: Context): UserError {
  return new UserError('old-button', 'This button is no longer understood.', {
    headlines: mention('headlines'),
  })
}
