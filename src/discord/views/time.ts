/** Instants as Discord shows them: in each reader's own zone and language. */
import type { Instant } from '../../article/article.ts'

/** `R` relative, `D` date, `f` date and time, `t` time. */
export function timestamp(instant: Instant, style: 'R' | 'D' | 'f' | 't'): string {
  return `<t:${Math.floor(instant / 1000)}:${style}>`
}
