/** Days of the week as texts name them, in every language that ICU knows: "am Freitagnachmittag", "в среду", "on Tuesday". */

/** The 1st of January 2023 was a Sunday. */
const A_SUNDAY = Date.UTC(2023, 0, 1)
const DAY_MS = 24 * 60 * 60 * 1000
/** A shorter name is not bent. */
const MIN_BENT = 5
const OTHER_NAMES: Readonly<Record<string, readonly (readonly [name: string, day: number])[]>> = {
  de: [['sonnabend', 6]],
}

interface WeekdayWords {
  readonly pattern: RegExp
  readonly days: ReadonlyMap<string, number>
}

const known = new Map<string, WeekdayWords | undefined>()

/** The first day of the week that a text names, 0 for Sunday to 6; undefined where it names none. */
export function weekdayIn(text: string, language: string): number | undefined {
  if (!known.has(language)) known.set(language, wordsOf(language))
  const words = known.get(language)
  const named = words?.pattern.exec(text)?.[0].toLowerCase()
  return named === undefined ? undefined : words?.days.get(named)
}

function wordsOf(language: string): WeekdayWords | undefined {
  if (language === 'und' || Intl.DateTimeFormat.supportedLocalesOf([language]).length === 0) return undefined
  const format = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' })
  const names = Array.from({ length: 7 }, (_, day): readonly [string, number] => [
    format.format(A_SUNDAY + day * DAY_MS).toLowerCase(),
    day,
  ])
  const days = new Map([...names, ...(OTHER_NAMES[language] ?? [])].map(([name, day]) => [bare(name), day]))
  const alternatives = [...days.keys()].map((name) => name.replace(/[^\p{L}\p{M}\p{N}]/gu, '\\$&')).join('|')
  return { pattern: new RegExp(`(?<![\\p{L}\\p{M}])(?:${alternatives})`, 'iu'), days }
}

/** Without the last vowel, which many languages bend: "среда" is "среду" when something happens on it. */
function bare(name: string): string {
  return name.length < MIN_BENT ? name : name.replace(/[aeiouyаеиоуыюяіїáéíóúąę]$/u, '')
}
