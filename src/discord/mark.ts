/**
 * A name of any length and in any script as eight characters, for custom ids. It is found again by comparing it with the marks
 * of the names that exist now: a name that is gone has no meaning any more.
 */
import { createHash } from 'node:crypto'

/** `-` where there is no name. */
export function markOf(name: string | undefined): string {
  return name === undefined ? '-' : createHash('sha256').update(name).digest('hex').slice(0, 8)
}
