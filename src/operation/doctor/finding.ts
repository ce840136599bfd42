/** What the doctor finds: each thing it looked at, how it is, and what to do where it is not well. */

export interface Finding {
  /** What was looked at: `settings`, `storage`, `discord` … */
  readonly about: string
  readonly level: 'ok' | 'warning' | 'problem'
  readonly says: string
  /** A sentence; always there where something is not well. */
  readonly remedy?: string
}

export const ok = (about: string, says: string): Finding => ({ about, level: 'ok', says })
export const warning = (about: string, says: string, remedy: string): Finding => ({
  about,
  level: 'warning',
  says,
  remedy,
})
export const problem = (about: string, says: string, remedy: string): Finding => ({
  about,
  level: 'problem',
  says,
  remedy,
})

const marks = { ok: '✓', warning: '!', problem: '✗' } as const

export function sayFindings(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ about, level, says, remedy }) => [
    `${marks[level]} ${about}: ${says}`,
    ...(remedy === undefined ? [] : [`    → ${remedy}`]),
  ])
  const count = (level: Finding['level'], one: string): string => {
    const number = findings.filter((each) => each.level === level).length
    return `${number === 0 ? 'no' : number} ${one}${number === 1 ? '' : 's'}`
  }
  const sum = `${count('problem', 'problem')}, ${count('warning', 'warning')}.`
  return [...lines, '', sum.charAt(0).toUpperCase() + sum.slice(1)].join('\n')
}

/** `1.4 GB`, `12 MB`. */
export function sayBytes(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`
}
