/**
 * Time zones by the names people have for them: a zone's own name, a city or a country in English, German, French, Spanish or
 * Portuguese, or an abbreviation. A name of several zones leads to the one that fits the zone and the language it was
 * typed in; where none does, the choices are named rather than one of them guessed.
 */
import type { Instant } from '../article/article.ts'
import { foldDateText } from '../article/date-words.ts'
import { localReached } from './local-clock.ts'
import { zoneIdOf, zoneIds } from './zone-ids.ts'
import { AMBIGUOUS_ROWS, CITY_ROWS, COMMON_ZONES, COUNTRY_ZONES, SHARED_ROWS } from './zone-names.ts'

/** The languages in which schedules are typed and said. */
export const scheduleLanguages = ['en', 'de', 'fr', 'es', 'pt'] as const
export type ScheduleLanguage = (typeof scheduleLanguages)[number]

export type ZoneFound =
  /** `among`: a wider name, and all zones it covers. */
  | { readonly kind: 'zone'; readonly zone: string; readonly among?: readonly string[] }
  /** Different zones have that name. */
  | { readonly kind: 'several'; readonly zones: readonly string[] }

/** Where somebody types from: a zone that is set already, and the language. */
export interface Home {
  readonly zone: string
  readonly language: ScheduleLanguage
}

/** Lower case, without accents and punctuation: `St. John’s` and `st john s` are one name. */
export function foldName(text: string): string {
  return foldDateText(text)
    .replaceAll('ß', 'ss')
    .replace(/[\s\p{P}]+/gu, ' ')
    .trim()
}

/** A name as it is folded, and as it is folded by those who write ä as ae. */
export function foldedForms(name: string): readonly string[] {
  const spelled = name.replace(/[äÄ]/g, 'ae').replace(/[öÖ]/g, 'oe').replace(/[üÜ]/g, 'ue')
  return [...new Set([foldName(name), foldName(spelled)])]
}

/** What a name means; undefined where no zone is called so. */
export function findZone(name: string, home: Home): ZoneFound | undefined {
  const id = name.includes('/') ? zoneIdOf(name.trim()) : undefined
  if (id !== undefined) return { kind: 'zone', zone: id }
  const folded = foldName(name)
  const zone = cityZones().get(folded)
  if (zone !== undefined) return { kind: 'zone', zone }
  const shared = sharedNames.get(folded)
  if (shared !== undefined) return { kind: 'zone', zone: fitting(shared, home), among: shared }
  const ambiguous = ambiguousNames.get(folded)
  if (ambiguous !== undefined) {
    return ambiguous.includes(home.zone)
      ? { kind: 'zone', zone: home.zone }
      : { kind: 'several', zones: ambiguous }
  }
  const region = regionsByName().get(folded)
  return region === undefined ? undefined : zoneOfCountry(region, home)
}

/** Most words in a name that `findZone` knows. */
export const longestZoneName = 5

/**
 * Zones for what has been typed so far, the best first: names that begin so, names that hold a word that does, countries, and
 * names that are one or two slips away. The common ones where nothing is typed yet.
 */
export function suggestZones(typed: string, limit: number): readonly string[] {
  if (foldName(typed) === '') return COMMON_ZONES.slice(0, limit)
  return likeZones(typed)
    .slice(0, limit)
    .map(([zone]) => zone)
}

/** The zones that may have been meant by a name nothing is called: only those that are most like it. */
export function zonesMeant(typed: string, limit: number): readonly string[] {
  const like = likeZones(typed)
  const [, best] = like[0] ?? []
  return like
    .filter(([, rank]) => rank === best)
    .slice(0, limit)
    .map(([zone]) => zone)
}

/** Zones and how far their names are from what was typed, the nearest first. */
function likeZones(typed: string): readonly (readonly [zone: string, rank: number])[] {
  const wanted = foldName(typed)
  if (wanted === '') return []
  const ranked = new Map<string, number>()
  const offer = (name: string, zones: () => readonly string[]) => {
    const rank = likeness(name, wanted)
    if (rank === undefined) return
    for (const zone of zones()) ranked.set(zone, Math.min(ranked.get(zone) ?? rank, rank))
  }
  for (const [name, zone] of cityZones()) offer(name, () => [zone])
  for (const [name, zones] of [...sharedNames, ...ambiguousNames]) offer(name, () => zones)
  for (const [name, region] of regionsByName()) offer(name, () => zonesOfCountry(region))
  for (const zone of zoneIds()) offer(foldName(zone), () => [zone])
  return [...ranked].sort(([a, ofA], [b, ofB]) => ofA - ofB || byPeople(a, b))
}

const places = new Map<string, number>(COMMON_ZONES.map((zone, index) => [zone, index]))

/** The common zones first, the others by name. */
function byPeople(a: string, b: string): number {
  const placeOf = (zone: string) => places.get(zone) ?? COMMON_ZONES.length
  return placeOf(a) - placeOf(b) || a.localeCompare(b, 'en')
}

/** Lower is better; undefined where the two have nothing to do with each other. */
function likeness(name: string, wanted: string): number | undefined {
  if (name === wanted) return 0
  if (name.startsWith(wanted)) return 1
  if (wanted.length > 1 && name.includes(` ${wanted}`)) return 2
  const allowed = Math.min(slipsAllowed(wanted), slipsAllowed(name))
  if (allowed === 0 || Math.abs(name.length - wanted.length) > allowed) return undefined
  const slips = slipsBetween(name, wanted, allowed)
  return slips > allowed ? undefined : 2 + slips
}

/** How many slips of the finger are forgiven in a word. */
export function slipsAllowed(word: string): number {
  if (word.length < 4) return 0
  return word.length < 6 ? 1 : 2
}

/**
 * Letters to add, drop, change or swap with their neighbour to get from one word to the other; more than `most` where it takes
 * more. Optimal string alignment, as in L. Boytsov, "Indexing methods for approximate dictionary searching", 2011.
 */
export function slipsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before: readonly number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1]
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      current.push(
        Math.min(
          (above[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (above[column - 1] ?? 0) + (isSame ? 0 : 1),
          isSwap ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      )
    }
    if (Math.min(...current) > most) return most + 1
    before = above
    above = current
  }
  return above[b.length] ?? most + 1
}

/** The zone that is set already where the name covers it, or that of the language, or the one most people mean. */
function fitting(zones: readonly string[], home: Home): string {
  const [usual = home.zone] = zones
  if (zones.includes(home.zone) || haveOneClock(usual, home.zone)) return home.zone
  const ofLanguage = zones.find((zone) => zone === zoneOfLanguage[home.language])
  return ofLanguage ?? usual
}

const zoneOfLanguage: Readonly<Record<ScheduleLanguage, string>> = {
  en: 'Europe/London',
  de: 'Europe/Berlin',
  fr: 'Europe/Paris',
  es: 'Europe/Madrid',
  pt: 'Europe/Lisbon',
}

/** A winter's and a summer's day of one year: clocks that agree on both count as one. */
const compared: readonly Instant[] = [Date.UTC(2026, 0, 15), Date.UTC(2026, 6, 15)]

/** Whether the clocks of two zones agree all year. */
export function haveOneClock(a: string, b: string): boolean {
  return compared.every((at) => localReached(at, a) === localReached(at, b))
}

let cities: ReadonlyMap<string, string> | undefined

/** Zones by the cities people name them after; that of a zone's own name comes first. */
function cityZones(): ReadonlyMap<string, string> {
  cities ??= new Map([
    ...CITY_ROWS.flatMap(([zone, row]) =>
      row
        .split('/')
        .flatMap(foldedForms)
        .map((name): [string, string] => [name, zone]),
    ),
    ...zoneIds().map((zone): [string, string] => [foldName(zone.split('/').at(-1) ?? zone), zone]),
  ])
  return cities
}

const sharedNames = byName(SHARED_ROWS)
const ambiguousNames = byName(AMBIGUOUS_ROWS)

function byName(
  rows: readonly (readonly [names: string, ...zones: string[]])[],
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    rows.flatMap(([row, ...zones]) =>
      row
        .split('/')
        .flatMap(foldedForms)
        .map((name): [string, readonly string[]] => [name, zones]),
    ),
  )
}

let regions: ReadonlyMap<string, string> | undefined

/** Codes of countries by their names in each language, as the runtime has them. */
function regionsByName(): ReadonlyMap<string, string> {
  if (regions !== undefined) return regions
  const found = new Map<string, string>([['usa', 'US']])
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index))
  const codes = letters.flatMap((first) => letters.map((second) => first + second))
  for (const language of scheduleLanguages) {
    const spoken = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' })
    for (const code of codes) {
      const name = spoken.of(code)
      if (name !== undefined) for (const form of foldedForms(name)) found.set(form, code)
    }
  }
  regions = found
  return found
}

function zonesOfCountry(region: string): readonly string[] {
  const listed = new Intl.Locale('und', { region }).getTimeZones?.() ?? []
  return listed.map((zone) => zoneIdOf(zone) ?? zone)
}

function zoneOfCountry(region: string, home: Home): ZoneFound | undefined {
  const zones = zonesOfCountry(region)
  const [first] = zones
  if (first === undefined) return undefined
  if (zones.includes(home.zone)) return { kind: 'zone', zone: home.zone, among: zones }
  const usual = COUNTRY_ZONES.get(region)
  if (usual !== undefined) return { kind: 'zone', zone: usual, among: zones }
  return zones.every((zone) => haveOneClock(zone, first))
    ? { kind: 'zone', zone: first, among: zones }
    : { kind: 'several', zones: zones.toSorted(byPeople) }
}
