/** What a worker thread can be asked, by name. Each task loads its own modules, and so its own tables, on first use. */

import type * as effects from '../digest/filter-effects.ts'
import type * as draw from '../pictures/draw.ts'
import type * as pageLinks from '../sources/page-links.ts'
import type * as movement from '../story/movement.ts'
import type * as judging from '../summary/written/judge.ts'
import type * as lineTasks from './line-tasks.ts'
import type * as storyTasks from './story-tasks.ts'
import type * as tasks from './tasks.ts'

type Task<Run extends (input: never) => unknown> = (
  input: Parameters<Run>[0],
) => Promise<Awaited<ReturnType<Run>>>

export const analyseFile: Task<typeof tasks.analyseFile> = async (input) =>
  (await import('./tasks.ts')).analyseFile(input)
export const analyseEntry: Task<typeof tasks.analyseEntry> = async (input) =>
  (await import('./tasks.ts')).analyseEntry(input)
export const analysePage: Task<typeof tasks.analysePage> = async (input) =>
  (await import('./tasks.ts')).analysePage(input)
export const hasOnlyTeaser: Task<typeof tasks.hasOnlyTeaser> = async (input) =>
  (await import('./tasks.ts')).hasOnlyTeaser(input)
export const renewArticle: Task<typeof tasks.renewArticle> = async (input) =>
  (await import('./tasks.ts')).renewArticle(input)
export const tellStory: Task<typeof storyTasks.tellStory> = async (input) =>
  (await import('./story-tasks.ts')).tellStory(input)
export const findNews: Task<typeof movement.findNews> = async (input) =>
  (await import('../story/movement.ts')).findNews(input)
export const judgeAnswer: Task<typeof judging.judgeAnswer> = async (input) =>
  (await import('../summary/written/judge.ts')).judgeAnswer(input)
export const readFeed: Task<typeof tasks.readFeed> = async (input) =>
  (await import('./tasks.ts')).readFeed(input)
export const readPageLinks: Task<typeof pageLinks.readPageLinks> = async (input) =>
  (await import('../sources/page-links.ts')).readPageLinks(input)
export const filterEffects: Task<typeof effects.filterEffects> = async (input) =>
  (await import('../digest/filter-effects.ts')).filterEffects(input)
export const readOpml: Task<typeof tasks.readOpml> = async (input) =>
  (await import('./tasks.ts')).readOpml(input)
export const extractTask: Task<typeof lineTasks.extractTask> = async (input) =>
  (await import('./line-tasks.ts')).extractTask(input)
export const feedTask: Task<typeof lineTasks.feedTask> = async (input) =>
  (await import('./line-tasks.ts')).feedTask(input)
export const drawChart: Task<typeof draw.drawChart> = async (input) =>
  (await import('../pictures/draw.ts')).drawChart(input)
export const drawCard: Task<typeof draw.drawCard> = async (input) =>
  (await import('../pictures/draw.ts')).drawCard(input)
