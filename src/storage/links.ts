/** Articles that members asked for by their address. */
import type { StoryId } from '../article/article.ts'
import { articleKeys } from '../article/identity.ts'
import type { Intake } from '../digest/library.ts'
import type { Links } from '../digest/link.ts'
import type { Database } from './database.ts'
import { linkSource } from './readers.ts'

export function createLinks(db: Database, intake: Intake): Links {
  const incomingOf = (url: string, headline?: string) => {
    const marks = { sourceId: linkSource, url, ...(headline === undefined ? {} : { headline }) }
    return { sourceId: linkSource, marks, keys: articleKeys(marks).filter((key) => key.startsWith('url:')) }
  }
  /** What was read anew for a reader whom the article of that address is not for. */
  const anewOf = (url: string) => ({
    sourceId: linkSource,
    keys: incomingOf(url).keys.map((key) => `asked-${key}`),
  })
  return {
    find: async (url) => {
      const found = await Promise.all([intake.find(incomingOf(url)), intake.find(anewOf(url))])
      return found.flatMap((each) => each?.id ?? [])
    },

    hold: async (url, article, now) => {
      await db
        .insertInto('source')
        .values({
          id: linkSource,
          kind: 'link',
          address: '',
          host: null,
          outlet: null,
          fulltext: 'always',
          language: 'und',
          next_poll_at: null,
          poll_state: null,
        })
        .onConflict((c) => c.doNothing())
        .execute()
      const hash = `link:${now}`
      const usual = incomingOf(url, article.headline)
      const isTaken = (await intake.find(usual))?.isNewToSource === true
      const { id, change } = await intake.hold(isTaken ? anewOf(url) : usual, hash, article, now)
      if (change === 'new') {
        await intake.assignStories([{ articleId: id, storyId: id as string as StoryId }], [])
        await db.updateTable('article').set({ is_placed: 1 }).where('id', '=', id).execute()
      }
      return id
    },
  }
}
