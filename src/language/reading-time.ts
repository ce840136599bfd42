/** How long a text takes to read. */

/**
 * Words a minute in silent reading (M. Brysbaert, "How many words do we read per minute?", J. Memory and Language 109,
 * 2019: 238 for English non-fiction). Scripts without spaces: ICU's dictionary words are shorter, so more of them.
 */
const WORDS_PER_MINUTE = 238
const UNSPACED_WORDS_PER_MINUTE = 320

/** Whole minutes that `words` words take to read in a language, at least 1. */
export function readingMinutes(words: number, language: string): number {
  const speed = ['ja', 'zh', 'th'].includes(language) ? UNSPACED_WORDS_PER_MINUTE : WORDS_PER_MINUTE
  return Math.max(1, Math.round(words / speed))
}
