/** A PostgreSQL database: whether it can be used, by which server, how much of it is taken, and how far back it reaches. */
import { OutsideError, UserError } from '../../errors.ts'
import { inspectServer, type ServerFacts } from '../../storage/inspection-server.ts'
import { type Finding, ok, problem, sayBytes, warning } from './finding.ts'
import { sayHeld } from './held.ts'

/** Older ones get no security fixes any more. */
const oldestVersion = 14
/** What one process takes at most. */
const connectionsOfOne = 12

export async function checkServer(databaseUrl: string, now: number): Promise<readonly Finding[]> {
  try {
    return serverFindings(await inspectServer(databaseUrl), now)
  } catch (error) {
    if (!(error instanceof UserError || error instanceof OutsideError)) throw error
    return [
      problem('storage', error.message, 'Nothing is posted until that is mended; ask the doctor again then.'),
    ]
  }
}

export function serverFindings(facts: ServerFacts, now: number): readonly Finding[] {
  return [
    checkUse(facts),
    checkVersion(facts),
    checkConnections(facts),
    checkSize(facts),
    ...sayHeld(facts, now),
  ]
}

function checkUse({
  place,
  onlyReads,
  isHalfMoved,
  isEmpty,
  missingSteps,
  connections,
}: ServerFacts): Finding {
  const use =
    connections.ours === 0
      ? 'no bot is connected to it'
      : `Depesche has ${connections.ours} ${connections.ours === 1 ? 'connection' : 'connections'} to it`
  if (onlyReads)
    return problem(
      'storage',
      `${place} only reads, as a standby does.`,
      'Let DATABASE_URL lead to the server that writes; the bot tries again until then.',
    )
  if (isHalfMoved)
    return problem(
      'storage',
      `a move into ${place} is not complete.`,
      'Run the same "depesche migrate" again, which goes on with it.',
    )
  if (isEmpty) return ok('storage', `${place} has no tables yet; the first start makes them.`)
  return missingSteps > 0
    ? warning(
        'storage',
        `${place} is of an older version; ${use}.`,
        'Make a backup with pg_dump; the next start upgrades it, while processes of the older version go on.',
      )
    : ok('storage', `${place} can be used; ${use}.`)
}

function checkVersion({ version, versionNumber }: ServerFacts): Finding {
  const says = `PostgreSQL ${version}.`
  return versionNumber < oldestVersion * 10_000
    ? warning(
        'server',
        says,
        `Upgrade it to PostgreSQL ${oldestVersion} or newer; older ones get no fixes any more.`,
      )
    : ok('server', says)
}

function checkConnections({ connections: { used, most } }: ServerFacts): Finding {
  const says = `${used} of ${most} connections are taken.`
  return most - used < connectionsOfOne
    ? warning(
        'connections',
        says,
        `A process takes up to ${connectionsOfOne}. Raise max_connections, or end what does not need its own.`,
      )
    : ok('connections', says)
}

function checkSize({ bytes, unusableIndexes }: ServerFacts): Finding {
  const says = `the tables have ${sayBytes(bytes)} with their indexes.`
  const [index] = unusableIndexes
  return index === undefined
    ? ok('size', says)
    : warning(
        'size',
        `${says} The index ${index} was never finished and is not used.`,
        `Run "reindex index concurrently ${index}" in the database.`,
      )
}
