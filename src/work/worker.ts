/** What a worker thread can be asked, by name. Each task loads its own modules, and so its own tables, on first use. */

import type * as pageLinks from '../sources/page-links.ts'
import type * as lineTasks from './line-tasks.ts'
import type * as tasks from './tasks.ts'

type Task<Run extends (input: never) => unknown> = (
  input: Parameters<Run>[0],
) => Promise<Awaited<ReturnType<Run>>>

export const analyseFile: Task<typeof tasks.analyseFile> = async (input) =>
  (await import('./tasks.ts')).analyseFile(input)
export const analyseEntry: Task<typeof tasks.analyseEntry> = async (input) =>
  (await import('./tasks.ts')).analyseEntry(input)
export const hasOnlyTeaser: Task<typeof tasks.hasOnlyTeaser> = async (input) =>
  (await import('./tasks.ts')).hasOnlyTeaser(input)
export const readFeed: Task<typeof tasks.readFeed> = async (input) =>
  (await import('./tasks.ts')).readFeed(input)
export const readPageLinks: Task<typeof pageLinks.readPageLinks> = async (input) =>
  (await import('../sources/page-links.ts')).readPageLinks(input)
export const extractTask: Task<typeof lineTasks.extractTask> = async (input) =>
  (await import('./line-tasks.ts')).extractTask(input)
export const feedTask: Task<typeof lineTasks.feedTask> = async (input) =>
  (await import('./line-tasks.ts')).feedTask(input)
