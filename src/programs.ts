/**
 * The commands for programs, by name. Each reads JSON lines and writes JSON lines; see `lines.ts`.
 * Each loads its own tables when it runs, and none of the others'.
 */
import type { Readable, Writable } from 'node:stream'
import { eachLine, type LineId, lineError, readLines, write } from './lines.ts'
import type { ClusterLine } from './story/command.ts'
import { openPool } from './work/pool.ts'

export interface Program {
  readonly name: string
  /** One line of help. */
  readonly about: string
  /** Resolves when all input is answered. */
  readonly run: (input: Readable, output: Writable) => Promise<void>
}

export const programs: readonly Program[] = [
  {
    name: 'extract',
    about: 'Web pages → articles: {id, url?, html | htmlBase64, contentType?}',
    run: (input, output) => inPool('extractTask', input, output),
  },
  {
    name: 'feed',
    about: 'Feeds → entries: {id, url?, body | bodyBase64, contentType?}',
    run: (input, output) => inPool('feedTask', input, output),
  },
  {
    name: 'summarise',
    about:
      'Texts → their telling sentences: {id, text, title?, language?, sentences? | words? | characters?}',
    run: async (input, output) => {
      const { summariseLine } = await import('./summary/command.ts')
      await eachLine(input, output, summariseLine)
    },
  },
  {
    name: 'language',
    about: 'Texts → their language: {id, text}',
    run: async (input, output) => {
      const { languageLine } = await import('./language/command.ts')
      await eachLine(input, output, languageLine)
    },
  },
  {
    name: 'cluster',
    about: 'Articles → stories, after the last line: {id, title?, text?, language?, publishedAt?}',
    run: clusterAll,
  },
]

/** Pages and feeds need no tables of languages, and streams of them should run on small machines. */
const threadHeapMb = 128

/** Foreign pages and feeds are read in threads with a time limit. */
async function inPool(task: 'extractTask' | 'feedTask', input: Readable, output: Writable): Promise<void> {
  const pool = openPool({ heapMb: threadHeapMb })
  try {
    await eachLine(input, output, (value) => pool.run(task, value), pool.threads + 1)
  } finally {
    await pool.close()
  }
}

/** A line that is no article is answered in its place and hinders no other. */
async function clusterAll(input: Readable, output: Writable): Promise<void> {
  const { clusterLines, parseClusterLine } = await import('./story/command.ts')
  const answers: { readonly id: LineId; readonly article?: ClusterLine; readonly error?: string }[] = []
  for await (const line of readLines(input)) {
    if (line.kind === 'bad') {
      answers.push(line)
      continue
    }
    try {
      answers.push({ id: line.id, article: parseClusterLine(line.value) })
    } catch (error) {
      answers.push(lineError(line.id, error))
    }
  }
  const stories = clusterLines(answers.flatMap(({ article }) => article ?? []))
  let next = 0
  for (const { id, article, error } of answers) {
    if (article === undefined) await write(output, { id, error })
    else await write(output, { id, story: stories[next++]?.story })
  }
}
