/** Foreign text and foreign addresses, as pages show them. */
import { cleanLine, webAddress } from '../../article/line.ts'
import { type Markup, markup, type Piece } from '../markup.ts'
import type { Say } from '../text/say.ts'

/** One line of foreign text, which may be read from the right. */
export function line(text: string): Markup {
  return markup`<bdi>${cleanLine(text)}</bdi>`
}

/** Foreign text as a link to a foreign address; without one where the address cannot be a link. */
export function foreignLink(content: Piece, url: string | undefined): Piece {
  const address = url === undefined ? undefined : webAddress(url)
  if (address === undefined) return content
  return markup`<a href="${address}" rel="external noopener noreferrer nofollow">${content}</a>`
}

const mostNamed = 3

/** The first outlets by name, and how many more there are. */
export function outletLine(outlets: readonly string[], { texts, count }: Say): Piece {
  const named = outlets.slice(0, mostNamed).map((outlet, at) => [at === 0 ? '' : ', ', line(outlet)])
  const more = outlets.length - mostNamed
  return more > 0 ? [named, ', ', count(texts.moreOutlets, more)] : named
}

/** Parts with dots between them; empty ones left out. */
export function dotted(parts: readonly Piece[]): Piece {
  return parts
    .filter((part) => part !== '' && part !== undefined)
    .map((part, at) => [at === 0 ? '' : ' · ', part])
}
