/** What the way in leaves to worker threads: whatever reads foreign bytes. */
import type { NetworkOptions } from '../sources/network.ts'
import type { SummaryOptions } from '../summary/extractive.ts'
import type { WorkPool } from './pool.ts'

type ReadingTasks = Pick<NetworkOptions, 'readFeed' | 'readLinks' | 'hasOnlyTeaser' | 'readOpml' | 'analyse'>

export function readingTasks(pool: WorkPool, limits: SummaryOptions): ReadingTasks {
  return {
    readFeed: (feed) => pool.run('readFeed', feed),
    readLinks: (page) => pool.run('readPageLinks', page),
    hasOnlyTeaser: (entry) => pool.run('hasOnlyTeaser', entry),
    readOpml: (bytes) => pool.run('readOpml', bytes),
    analyse: (task) => pool.run('analyseEntry', { ...task, limits }),
  }
}
