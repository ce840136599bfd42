/**
 * Cron expressions as people type them: `30 7 * * 1-5`, `@daily`, with `cron:` or `TZ=Europe/Berlin` before it or a zone behind
 * it. Words and times are no cron: an expression has a `*` or a `?`, or says that it is one.
 */
import { readCron } from './cron.ts'

export interface TypedCron {
  readonly result: ReturnType<typeof readCron>
  /** What stands for the zone; empty where none does. */
  readonly zone: string
}

const field = /^[\dA-Z*?][\dA-Z*/,#?-]*$/i
const numericField = /^[\d*?][\d*/,?-]*$/
/** A sixth field: without it these would be the words of a zone. */
const sixthField = /^(?:[\d*?][\d*/,#?L-]*|(?:sun|mon|tue|wed|thu|fri|sat)(?:[-,#].*)?)$/i

/** Undefined where the text is no cron expression. */
export function readTypedCron(typed: string): TypedCron | undefined {
  const [, announced, zoneBefore, text = ''] =
    /^\s*(cron\s*[:=]?\s+)?(?:(?:CRON_)?TZ=(\S+)\s+)?(.*?)\s*$/isu.exec(typed) ?? []
  const nickname = /^(@[a-z]+)[\s,]*(.*)$/isu.exec(text)
  if (nickname !== null) {
    return { result: readCron(nickname[1] ?? ''), zone: zoneBefore ?? nickname[2] ?? '' }
  }
  const words = text.split(/\s+/).filter((word) => word !== '')
  const fields = words.slice(0, 5).map((word, index) => (index === 4 ? word.replace(/,$/, '') : word))
  const isAnnounced = announced !== undefined || zoneBefore !== undefined
  if (!isAnnounced && !/[*?]/.test(fields.join(' '))) return undefined
  const looksLikeOne =
    fields.slice(0, 2).every((word) => numericField.test(word)) && fields.every((word) => field.test(word))
  if (!looksLikeOne && !isAnnounced) return undefined
  const rest = words.slice(5)
  const isSix = rest[0] !== undefined && sixthField.test(rest[0])
  const expression = isSix ? words.slice(0, 6) : fields
  const zone = rest.slice(isSix ? 1 : 0).join(' ')
  return {
    result: readCron(expression.join(' ')),
    zone: zoneBefore ?? zone.replace(/^[\s,(]+|[\s,)]+$/g, ''),
  }
}
