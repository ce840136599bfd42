/** How a fetch ended, as the people who chose a source are told of it. */
import type { SourceTrouble } from '../digest/source-health.ts'
import type { FailureCause, FetchResult, RefusalReason } from './fetch-result.ts'

const ofRefusal: Readonly<Record<RefusalReason, SourceTrouble>> = {
  scheme: 'address',
  credentials: 'address',
  address: 'private',
  redirects: 'redirects',
  'too-large': 'too-large',
  encoding: 'unreadable',
}

const ofFailure: Readonly<Record<FailureCause, SourceTrouble>> = {
  'not-found': 'not-found',
  denied: 'denied',
  busy: 'busy',
  server: 'server',
  timeout: 'timeout',
  dns: 'dns',
  tls: 'tls',
  connection: 'connection',
  corrupt: 'unreadable',
}

/** Undefined where nothing stood in the way. */
export function troubleOf(result: FetchResult): SourceTrouble | undefined {
  switch (result.kind) {
    case 'gone':
      return 'gone'
    case 'refused':
      return ofRefusal[result.reason]
    case 'failed':
      return ofFailure[result.cause]
    default:
      return undefined
  }
}
