/** Quotations in a summary must stand in its source word for word; one that somebody wrote anew puts words in a mouth. */
import { foldWord, tokenise } from '../../language/tokens.ts'

const QUOTED = /[„“”«»"‟]([^„“”«»"‟]{1,400})[„“”«»"‟]|[‚‘‹]([^‚‘’‹›]{1,400})[’‘›](?!\p{L})/gu

/** The quotations in `text` that `source` does not have, marks and spaces aside. */
export function unknownQuotes(text: string, source: string, language: string): string[] {
  const known = ` ${plain(source, language)} `
  return [...text.matchAll(QUOTED)]
    .map((match) => match[1] ?? match[2] ?? '')
    .filter((quote) => !known.includes(` ${plain(quote, language)} `))
}

function plain(text: string, language: string): string {
  return tokenise(text, language).map(foldWord).join(' ')
}
