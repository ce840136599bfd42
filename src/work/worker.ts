/** What a worker thread can be asked, by name. */
export { readPageLinks } from '../sources/page-links.ts'
export { analyseEntry, analyseFile, extractTask, feedTask, hasOnlyTeaser, readFeed } from './tasks.ts'
