/** Articles that members asked for by their address. */
import type { SourceId, StoryId } from '../article/article.ts'
import { articleKeys } from '../article/identity.ts'
import type { Intake } from '../digest/library.ts'
import type { Links } from '../digest/link.ts'
import type { Database } from './database.ts'

/** The source of every such article; no digest names it, so nothing of it is ever posted by itself. */
const linkSource = 'link:asked' as SourceId

export function createLinks(db: Database, intake: Intake): Links {
  const incomingOf = (url: string, headline?: string) => {
    const marks = { sourceId: linkSource, url, ...(headline === undefined ? {} : { headline }) }
    return { sourceId: linkSource, marks, keys: articleKeys(marks).filter((key) => key.startsWith('url:')) }
  }
  return {
    find: async (url) => (await intake.find(incomingOf(url)))?.id,

    hold: async (url, article, now) => {
      await db
        .insertInto('source')
        .values({
          id: linkSource,
          kind: 'link',
          address: '',
          outlet: null,
          fulltext: 'always',
          language: 'und',
          next_poll_at: null,
          poll_state: null,
        })
        .onConflict((c) => c.doNothing())
        .execute()
      const hash = `link:${now}`
      const { id, change } = await intake.hold(incomingOf(url, article.headline), hash, article, now)
      if (change === 'new') {
        await intake.assignStories([{ articleId: id, storyId: id as string as StoryId }], [])
        await db.updateTable('article').set({ is_placed: 1 }).where('id', '=', id).execute()
      }
      return id
    },
  }
}
