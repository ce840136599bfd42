/** The settings: every problem, and names in `.env` that look like a setting and are none. */
import { type Config, settingList } from '../../config.ts'
import { UserError } from '../../errors.ts'
import { type Finding, ok, problem, warning } from './finding.ts'

export interface SettingsCheck {
  readonly findings: readonly Finding[]
  /** Absent where they cannot be used. */
  readonly config?: Config
}

/** `envFile`: the text of `.env`, where there is one. */
export function checkSettings(read: () => Config, envFile: string | undefined): SettingsCheck {
  const misspelt = misspeltNames(envFile ?? '')
  try {
    const config = read()
    return {
      config,
      findings: [...misspelt, ...(misspelt.length === 0 ? [ok('settings', 'all can be used.')] : [])],
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return {
      findings: [
        problem('settings', error.message, 'Mend them in .env; .env.example says what each may be.'),
        ...misspelt,
      ],
    }
  }
}

function misspeltNames(envFile: string): readonly Finding[] {
  const known = settingList.map(({ name }) => name)
  const named = [...envFile.matchAll(/^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=/gm)].map(
    ([, name]) => name ?? '',
  )
  return named
    .filter((name) => !known.includes(name))
    .flatMap((name) => {
      const meant = known
        .map((each) => ({ each, off: distance(name.toUpperCase(), each) }))
        .filter(({ each, off }) => off <= Math.max(1, Math.floor(each.length / 4)))
        .sort((a, b) => a.off - b.off)[0]
      if (meant === undefined) return []
      return [warning('settings', `${name} in .env is no setting.`, `Did you mean ${meant.each}?`)]
    })
}

/** How many letters must be put in, left out or replaced (V. Levenshtein, 1966). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      const changed = (row[j] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
