/** The folder of digests, and whether the feeds and pages that it names answer. */
import type { FetchResult } from '../../sources/fetch-result.ts'
import type { FailingSource } from '../../storage/inspection.ts'
import { type Finding, ok, problem, warning } from './finding.ts'

export interface HouseSourceToAsk {
  readonly id: string
  readonly address: string
}

const atOnce = 8
const dayMs = 24 * 60 * 60 * 1000

export function sayFolder(report: {
  readonly digests: readonly unknown[]
  readonly problems: readonly string[]
}): readonly Finding[] {
  const found = report.problems.map((each) =>
    problem('digests', each, 'Mend the file; digests/README.md says how it is written.'),
  )
  const count = report.digests.length
  return count === 0 && found.length === 0
    ? [
        warning(
          'digests',
          'the folder holds none.',
          'Write one as digests/README.md says, or let servers make their own.',
        ),
      ]
    : [...found, ...(count === 0 ? [] : [ok('digests', `${count} of the house can be used.`)])]
}

export async function checkSources(
  sources: readonly HouseSourceToAsk[],
  ask: (address: string) => Promise<FetchResult>,
  health: readonly FailingSource[],
  now: number,
  progress: (line: string) => void,
): Promise<readonly Finding[]> {
  const all = [...new Map(sources.map((each) => [each.id, each])).values()]
  const found: Finding[] = []
  for (let start = 0; start < all.length; start += atOnce) {
    progress(`Asking source ${start + 1} of ${all.length} …`)
    const some = all.slice(start, start + atOnce)
    const results = await Promise.all(some.map(({ address }) => ask(address)))
    for (const [at, { id, address }] of some.entries()) {
      const failing = health.find((each) => each.id === id)
      const result = results[at]
      if (result !== undefined) found.push(...sayResult(address, result, failing, now))
    }
  }
  return all.length === 0
    ? []
    : [...found, ok('sources', `${all.length - found.length} of ${all.length} of the house answer.`)]
}

function sayResult(
  address: string,
  result: FetchResult,
  failing: FailingSource | undefined,
  now: number,
): readonly Finding[] {
  const since =
    failing === undefined
      ? ''
      : `; the bot has failed to read it for ${Math.max(0, Math.floor((now - failing.since) / dayMs))} days (${failing.trouble})`
  const remedy =
    'Open it in a browser. If it has moved, put the new address into digest.yaml ("depesche discover" finds it).'
  switch (result.kind) {
    case 'fetched':
    case 'not-modified':
      return failing === undefined ? [] : [warning('source', `${address} answers${since}.`, remedy)]
    case 'gone':
      return [problem('source', `${address} is gone for good${since}.`, remedy)]
    case 'refused':
      return [
        problem(
          'source',
          `${address} is not read (${result.reason})${since}.`,
          result.reason === 'address'
            ? 'If it is on your own network, name its host in ALLOWED_HOSTS.'
            : remedy,
        ),
      ]
    case 'failed': {
      const status = result.status === undefined ? '' : ` ${result.status}`
      const says = `${address} does not answer (${result.cause}${status})${since}.`
      return [result.retry ? warning('source', says, remedy) : problem('source', says, remedy)]
    }
  }
}
