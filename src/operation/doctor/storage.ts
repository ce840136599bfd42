/** The database: whether it can be used, how large it is, and how far back it reaches. */
import { UserError } from '../../errors.ts'
import { inspectStorage, isServer, type StorageFacts } from '../../storage/inspection.ts'
import { type Finding, ok, problem, sayBytes, warning } from './finding.ts'
import { sayHeld } from './held.ts'
import { checkServer } from './server.ts'

/** The bot writes some megabytes a day; a backup needs as much as the database has. */
const leastFreeBytes = 200e6
const longLogBytes = 256e6

export async function checkStorage(databaseUrl: string, now: number): Promise<readonly Finding[]> {
  if (isServer(databaseUrl)) return checkServer(databaseUrl, now)
  try {
    const facts = inspectStorage(databaseUrl)
    return facts === undefined
      ? [ok('storage', 'there is no database yet; the first start makes it.')]
      : findingsOf(facts, now)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return [problem('storage', error.message, 'Restore a backup with "depesche restore".')]
  }
}

export function findingsOf(facts: StorageFacts, now: number): readonly Finding[] {
  return [checkSoundness(facts), checkDisk(facts), checkFile(facts), ...sayHeld(facts, now)]
}

function checkSoundness({ path, faults, missingSteps, isInUse }: StorageFacts): Finding {
  if (faults.length > 0)
    return problem(
      'storage',
      `${path} is damaged: ${faults[0]}.`,
      'Restore a backup with "depesche restore".',
    )
  const use = isInUse ? 'a bot is running on it' : 'no bot is running on it'
  return missingSteps > 0
    ? warning(
        'storage',
        `${path} is of an older version; ${use}.`,
        'Make a backup; the next start upgrades it.',
      )
    : ok('storage', `${path} is sound; ${use}.`)
}

function checkDisk({ freeBytes, bytes }: StorageFacts): Finding {
  const says = `${sayBytes(freeBytes)} are free.`
  if (freeBytes < leastFreeBytes)
    return problem('disk', says, 'Free some space: when it is full, nothing is posted any more.')
  return freeBytes < bytes * 1.2
    ? warning('disk', `${says} A backup here would not fit.`, 'Free some space, or back up to another disk.')
    : ok('disk', says)
}

function checkFile({ bytes, logBytes, unusedBytes, shrinks }: StorageFacts): Finding {
  const says = `the database has ${sayBytes(bytes)}, of which ${sayBytes(unusedBytes)} are unused; its log has ${sayBytes(logBytes)}.`
  if (logBytes > longLogBytes)
    return warning(
      'size',
      says,
      'Something reads the database all the time; end it, and the log is written back.',
    )
  return shrinks
    ? ok('size', says)
    : warning('size', `${says} It cannot give space back.`, 'Stop the bot, and run "depesche compact" once.')
}
