/** What is in the way of reading a source, in words with the remedy, and how a source is called. */
import type { SourceTrouble } from '../../digest/source-health.ts'
import type { Say } from '../text/say.ts'
import { foreign } from './foreign.ts'

export function sayTrouble(trouble: SourceTrouble, address: string, say: Say): string {
  const host = URL.parse(address)?.hostname ?? address
  return say(`trouble.${trouble}`, { host: foreign(host, 80) })
}
