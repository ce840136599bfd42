/**
 * Articles that changed behind the back of the search index are read into it, a few at a time, so that no answer waits:
 * after an upgrade all of them, otherwise those that were worked out anew.
 */
import { setImmediate as afterAnswers } from 'node:timers/promises'

const articlesAtOnce = 10
/** Then whoever stops the bot is heard. */
const mostInARow = 500

/** `catchUp` reads at most so many articles, and says how many it read. Gives how many were read altogether. */
export async function catchUpSearch(catchUp: (most: number) => Promise<number>): Promise<number> {
  let read = 0
  while (read < mostInARow) {
    const some = await catchUp(articlesAtOnce)
    read += some
    if (some < articlesAtOnce) break
    await afterAnswers()
  }
  return read
}
