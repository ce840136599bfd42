/** Every command, by hand: one that is not listed here does not exist, and a test says so. */
import type { Command } from './command.ts'
import { digestList, digestRemove, digestSetup } from './digest.ts'
import { fulltext } from './fulltext.ts'
import { headlines } from './headlines.ts'
import { summary } from './summary.ts'

export const commands: readonly Command[] = [
  headlines,
  summary,
  fulltext,
  digestSetup,
  digestList,
  digestRemove,
]
