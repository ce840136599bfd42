/** What is said where there is no page: in words, with what can be done, and nothing of what lies inside. */
import { type Markup, markup } from '../markup.ts'
import type { Site } from '../site.ts'
import type { Say } from '../text/say.ts'
import { page } from './layout.ts'

export type Problem = 'missing' | 'busy' | 'refused' | 'failed'

/** `reference` is what the log has of it. */
export function problemPage(site: Site, say: Say, problem: Problem, reference: string): string {
  const { texts } = say
  const said: Readonly<Record<Problem, readonly [title: string, text: string]>> = {
    missing: [texts.missingTitle, texts.missing],
    busy: [texts.busyTitle, texts.busy],
    refused: [texts.refusedTitle, texts.refused],
    failed: [texts.failedTitle, texts.failed(reference)],
  }
  const [title, text] = said[problem]
  const home: Markup = markup`<p><a href="${site.path('/')}">${texts.home}</a></p>`
  return page(site, say, { title }, markup`<h1>${title}</h1>\n<p>${text}</p>\n${home}`)
}
