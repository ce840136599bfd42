/** What a worker thread can be asked, by name. */
export { analyseFile } from './tasks.ts'
