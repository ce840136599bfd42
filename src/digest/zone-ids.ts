/** What counts as the name of a time zone: a name of the IANA database that the runtime knows. */
import { RENAMED } from './zone-names.ts'

/**
 * Names without a place. ICU knows more three-letter names than the IANA database has, and what it takes some for surprises: BST would be
 * Dhaka, IST Calcutta and AST Anchorage.
 */
const bareNames = new Set([
  ...['utc', 'gmt', 'uct', 'zulu', 'universal', 'greenwich', 'cet', 'met', 'wet', 'eet', 'est', 'mst', 'hst'],
  ...[
    'est5edt',
    'cst6cdt',
    'mst7mdt',
    'pst8pdt',
    'cuba',
    'egypt',
    'eire',
    'gb',
    'hongkong',
    'iceland',
    'iran',
  ],
  ...['israel', 'jamaica', 'japan', 'kwajalein', 'libya', 'navajo', 'nz', 'poland', 'portugal', 'prc', 'roc'],
  ...['rok', 'singapore', 'turkey', 'w-su', 'gb-eire', 'nz-chat'],
])

/** Whether the runtime knows the zone. Offsets such as `+01:00` are no zones: they know no daylight saving. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false
  if (!zone.includes('/') && !bareNames.has(zone.toLowerCase())) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

let listed: readonly string[] | undefined

/** Every zone that is worth offering, by its current name. */
export function zoneIds(): readonly string[] {
  listed ??= ['UTC', ...Intl.supportedValuesOf('timeZone').map(currentName)]
  return listed
}

let byLowerCase: ReadonlyMap<string, string> | undefined

/** `europe/berlin` → `Europe/Berlin`, `US/Eastern` → `America/New_York`; undefined where it is no zone. */
export function zoneIdOf(typed: string): string | undefined {
  byLowerCase ??= new Map(zoneIds().map((zone) => [zone.toLowerCase(), zone]))
  const known = byLowerCase.get(typed.toLowerCase())
  if (known !== undefined || !isZone(typed)) return known
  return currentName(new Intl.DateTimeFormat('en', { timeZone: typed }).resolvedOptions().timeZone)
}

function currentName(zone: string): string {
  const renamed = RENAMED.get(zone)
  return renamed !== undefined && isZone(renamed) ? renamed : zone
}
