/** What the bot runs on: the runtime, the rules of time zones, memory, and whether time passes evenly. */
import { totalmem } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { type Finding, ok, problem, sayBytes, warning } from './finding.ts'

export interface Machine {
  /** `24.1.0`. */
  readonly node: string
  /** The version of the time zone data, `2026b`. */
  readonly zones: string | undefined
  /** Bytes that the process may have, as the container or the machine has it. */
  readonly memory: number
}

/** package.json says the same. */
const leastNode = [22, 18] as const
/** With one digest it takes 250 MB, with the models of language identification; below this it ends sooner or later. */
const leastMemory = 300e6
const enoughMemory = 500e6
const testMs = 200

export function thisMachine(): Machine {
  const limit = process.constrainedMemory()
  const memory = limit > 0 && limit < totalmem() ? limit : totalmem()
  return { node: process.versions.node, zones: process.versions.tz, memory }
}

export function checkMachine({ node, zones, memory }: Machine): readonly Finding[] {
  return [checkNode(node), checkZones(zones), checkMemory(memory)]
}

function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [least, leastMinor] = leastNode
  if (major > least || (major === least && minor >= leastMinor)) return ok('node', `version ${version}.`)
  return problem('node', `version ${version} is too old.`, `Install Node.js ${leastNode.join('.')} or newer.`)
}

function checkZones(version: string | undefined): Finding {
  return version === undefined
    ? warning('time zones', 'the runtime has no data of time zones.', 'Install a Node.js with full ICU.')
    : ok('time zones', `data of ${version}.`)
}

function checkMemory(bytes: number): Finding {
  const has = `${sayBytes(bytes)} may be used`
  const remedy = 'Give it 512 MB.'
  if (bytes < leastMemory) return problem('memory', `${has}; that is too little.`, remedy)
  return bytes < enoughMemory ? warning('memory', `${has}; that is tight.`, remedy) : ok('memory', `${has}.`)
}

/** A pause as the clock and as the processor count it: on a machine that was put to sleep, or is overloaded, they differ. */
export async function checkTimers(now: () => number): Promise<Finding> {
  const [wall, steady] = [now(), performance.now()]
  await pause(testMs)
  const [wallMs, steadyMs] = [now() - wall, performance.now() - steady]
  if (Math.abs(wallMs - steadyMs) > 100)
    return problem('timers', 'the clock jumps.', 'Let the machine set its clock steadily, by NTP.')
  return steadyMs > testMs + 500
    ? warning('timers', `a pause of ${testMs} ms took ${Math.round(steadyMs)} ms.`, 'Run less beside it.')
    : ok('timers', 'run on time.')
}
