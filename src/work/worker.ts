/** What a worker thread can be asked, by name. */
export { analyseEntry, analyseFile, extractTask, feedTask, hasOnlyTeaser, readFeed } from './tasks.ts'
