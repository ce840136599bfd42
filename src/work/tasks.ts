/** Work that burns CPU, as pure functions of plain data: it runs in worker threads, so that nothing holds up an answer. */
import { describeRefusal, readArticleFile } from '../article/file.ts'
import type { AnalysedArticle } from '../digest/library.ts'
import { analyse } from '../language/analyse.ts'
import { storyFeatures } from '../story/features.ts'
import { summarise } from '../summary/extractive.ts'

export interface FileTask {
  readonly name: string
  readonly bytes: Uint8Array
  /** The outlet where the article names none. */
  readonly outlet: string
  /** The language to assume where the text does not tell. */
  readonly language: string
}

export type FileOutcome =
  | { readonly kind: 'article'; readonly article: AnalysedArticle }
  | { readonly kind: 'refused'; readonly reason: string }

export function analyseFile(task: FileTask): FileOutcome {
  const read = readArticleFile({ name: task.name, bytes: task.bytes })
  if (read.kind === 'refused') return { kind: 'refused', reason: describeRefusal(read.reason) }
  const { outlet, language, ...draft } = read.draft
  const analysis = analyse({ ...draft, declaredLanguage: language ?? task.language })
  const { brief, summary } = summarise(analysis)
  return {
    kind: 'article',
    article: {
      ...draft,
      outlet: outlet ?? task.outlet,
      language: analysis.language,
      brief,
      summary,
      features: JSON.stringify(
        storyFeatures({
          id: '',
          language: analysis.language,
          headline: draft.headline,
          body: draft.body,
          ...(draft.standfirst === undefined ? {} : { standfirst: draft.standfirst }),
          ...(draft.publishedAt === undefined ? {} : { at: draft.publishedAt }),
        }),
      ),
    },
  }
}
