/** What a worker thread can be asked, by name. Each task loads its own modules, and so its own tables, on first use. */
import { enableCompileCache } from 'node:module'
import { parentPort } from 'node:worker_threads'
import type * as effects from '../digest/filter-effects.ts'
import type * as draw from '../pictures/draw.ts'
import type * as pageLinks from '../sources/page-links.ts'
import type * as movement from '../story/movement.ts'
import type * as judging from '../summary/written/judge.ts'
import type * as feedTasks from './feed-tasks.ts'
import type * as lineTasks from './line-tasks.ts'
import type * as storyTasks from './story-tasks.ts'
import type * as tasks from './tasks.ts'

// A thread does not share in what the command line has switched on.
enableCompileCache()

/** What is asked, and the number by which the pool knows it. */
export interface Order<Input> {
  readonly id: number
  readonly input: Input
}

/** Told the pool when all is loaded and the task itself begins. */
export interface Begun {
  readonly begun: number
}

type Task<Run extends (input: never) => unknown> = (
  order: Order<Parameters<Run>[0]>,
) => Promise<Awaited<ReturnType<Run>>>

function task<Input, Output>(load: () => Promise<(input: Input) => Output>) {
  return async ({ id, input }: Order<Input>): Promise<Awaited<Output>> => {
    const run = await load()
    parentPort?.postMessage({ begun: id } satisfies Begun)
    return await run(input)
  }
}

export const analyseFile: Task<typeof tasks.analyseFile> = task(
  async () => (await import('./tasks.ts')).analyseFile,
)
export const analyseEntry: Task<typeof tasks.analyseEntry> = task(
  async () => (await import('./tasks.ts')).analyseEntry,
)
export const analysePage: Task<typeof tasks.analysePage> = task(
  async () => (await import('./tasks.ts')).analysePage,
)
export const hasOnlyTeaser: Task<typeof tasks.hasOnlyTeaser> = task(
  async () => (await import('./tasks.ts')).hasOnlyTeaser,
)
export const renewArticle: Task<typeof tasks.renewArticle> = task(
  async () => (await import('./tasks.ts')).renewArticle,
)
export const tellStory: Task<typeof storyTasks.tellStory> = task(
  async () => (await import('./story-tasks.ts')).tellStory,
)
export const findNews: Task<typeof movement.findNews> = task(
  async () => (await import('../story/movement.ts')).findNews,
)
export const judgeAnswer: Task<typeof judging.judgeAnswer> = task(
  async () => (await import('../summary/written/judge.ts')).judgeAnswer,
)
export const readFeed: Task<typeof feedTasks.readFeed> = task(
  async () => (await import('./feed-tasks.ts')).readFeed,
)
export const readPageLinks: Task<typeof pageLinks.readPageLinks> = task(
  async () => (await import('../sources/page-links.ts')).readPageLinks,
)
export const filterEffects: Task<typeof effects.filterEffects> = task(
  async () => (await import('../digest/filter-effects.ts')).filterEffects,
)
export const readOpml: Task<typeof feedTasks.readOpml> = task(
  async () => (await import('./feed-tasks.ts')).readOpml,
)
export const extractTask: Task<typeof lineTasks.extractTask> = task(
  async () => (await import('./line-tasks.ts')).extractTask,
)
export const feedTask: Task<typeof lineTasks.feedTask> = task(
  async () => (await import('./line-tasks.ts')).feedTask,
)
export const drawChart: Task<typeof draw.drawChart> = task(
  async () => (await import('../pictures/draw.ts')).drawChart,
)
export const drawCard: Task<typeof draw.drawCard> = task(
  async () => (await import('../pictures/draw.ts')).drawCard,
)
