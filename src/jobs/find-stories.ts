/**
 * The newest stories on a topic or in a language. Texts are looked at as composition does it, some stories at a time, and no
 * further back than somebody would turn pages.
 */
import { setImmediate as breath } from 'node:timers/promises'
import { compiled } from '../digest/compiled.ts'
import type { Digest } from '../digest/definition.ts'
import type { EditionDesk } from '../digest/desk.ts'
import type { Library } from '../digest/library.ts'
import type { FindStories } from '../digest/story-list.ts'
import { createJudge, type Judge } from '../digest/verdicts.ts'
import type { Story } from '../story/story.ts'

export interface StoryFinding {
  readonly library: Pick<Library, 'newestStories'>
  readonly desk: Pick<EditionDesk, 'filterable'>
}

/** Stories read at a time: their texts are held for so long, and nothing else is answered. */
const readAtOnce = 30
const mostRead = 300

export function createStoryFinder(finding: StoryFinding): FindStories {
  return async ({ digests, topic, language, limit }) => {
    const asked = topic === undefined ? digests : digests.filter((digest) => hasTopic(digest, topic))
    if (asked.length === 0) return []
    const judges = asked.map((digest) => createJudge(digest, compiled(digest)))
    const found: Story[] = []
    for (let offset = 0; offset < mostRead && found.length < limit; offset += readAtOnce) {
      const stories = await finding.library.newestStories({
        digestIds: asked.map(({ id }) => id),
        ...(language === undefined ? {} : { language }),
        limit: readAtOnce,
        offset,
      })
      found.push(...(await kept(finding, stories, judges, topic)))
      if (stories.length < readAtOnce) break
      await breath()
    }
    return found.slice(0, limit)
  }
}

function hasTopic({ topics }: Digest, topic: string): boolean {
  return topics.some(({ name }) => isSame(name, topic))
}

/** Digests may write the same topic in their own way. */
function isSame(name: string, other: string): boolean {
  return name.toLowerCase() === other.toLowerCase()
}

/** The stories that one of the digests would tell, on that topic where one is named. */
async function kept(
  { desk }: StoryFinding,
  stories: readonly Story[],
  judges: readonly Judge[],
  topic: string | undefined,
): Promise<readonly Story[]> {
  if (!judges.every(({ looksAtTexts }) => looksAtTexts)) return topic === undefined ? stories : []
  const texts = await desk.filterable(stories.flatMap(({ articles }) => articles.map(({ id }) => id)))
  const byId = new Map(texts.map((text) => [text.id, text]))
  const candidates = stories.map(({ id, articles }) => ({ storyId: id, articles }))
  const verdicts = judges.map(({ judge }) => judge(candidates, byId))
  return stories.filter(({ id, articles }) =>
    verdicts.some(
      ({ filtered, topics }) =>
        articles.some((article) => !filtered.has(article.id)) &&
        (topic === undefined || topics.get(id)?.some((name) => isSame(name, topic)) === true),
    ),
  )
}
