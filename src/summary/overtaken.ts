/**
 * The newest figures win: which sentences of a story later articles have put out of date, and which gives the newest
 * number of those who came to harm.
 *
 * Later is what its date says. Where that is not known, an article that gives both numbers ("3.5 million; on Tuesday it
 * had been 2 million") is later than one that gives the old number alone.
 */
import { type Count, countTheHarmed, countTheSame, deniesHarm } from './matters.ts'
import { isLater } from './member-times.ts'
import { type Statement, sharedOf, type Teller } from './story-statements.ts'

/** From this cosine of their words on, two numbers of the same unit count the same thing. */
const SAME_MATTER = 0.2

/** Whether a later article gives, on the same matter, a number that this one's did not know, or harm where it saw none. */
export function isOvertaken(statement: Statement, statements: readonly Statement[]): boolean {
  const { teller, counts, sentence } = statement
  const isDenial = deniesHarm(sentence.text, teller.analysis.language)
  if (counts.length === 0 && !isDenial) return false
  return statements.some((other) => {
    if (other.teller === teller) return false
    if (isDenial && isLater(other.teller.time, teller.time) && tellsTheHarm(other, statement)) return true
    return counts.some((count) =>
      other.counts.some(
        (newer) =>
          newer.value !== count.value &&
          !teller.numbers.has(newer.value) &&
          isNewerOn(count.value, other.teller, teller) &&
          isOneMatter(count, statement, newer, other),
      ),
    )
  })
}

function isNewerOn(value: number, teller: Teller, other: Teller): boolean {
  if (isLater(teller.time, other.time)) return true
  return !isLater(other.time, teller.time) && teller.numbers.has(value)
}

function tellsTheHarm({ harms }: Statement, denial: Statement): boolean {
  return harms.some((harm) => denial.harms.includes(harm))
}

function isOneMatter(a: Count, inA: Statement, b: Count, inB: Statement): boolean {
  if (countTheHarmed(a, b)) return true
  if (!countTheSame(a, b) || inA.matter.size === 0 || inB.matter.size === 0) return false
  return sharedOf(inA.matter, inB.matter) / Math.sqrt(inA.matter.size * inB.matter.size) >= SAME_MATTER
}

/** The latest sentence that counts people who came to harm; the first in the order given where several are. */
export function tollOf(statements: readonly Statement[]): Statement | undefined {
  const tolls = statements.filter(
    ({ counts, candidate }) => !candidate.leans && counts.some(({ harms }) => harms.length > 0),
  )
  return tolls.find(({ teller }) => !tolls.some((other) => isLater(other.teller.time, teller.time)))
}
