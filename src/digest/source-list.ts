/** The sources that a definition names, with the ids under which they are held. */
import type { Fulltext, SourceId } from '../article/article.ts'
import type { DigestDefinition, DigestId } from './definition.ts'
import type { HouseSource } from './library.ts'

/** A source on the network is the same one in every digest that names its address: it is polled once for all. */
export function sourcesOf(id: DigestId, { sources }: DigestDefinition): readonly HouseSource[] {
  return sources.map((source) => {
    const outlet = source.name === undefined ? {} : { outlet: source.name }
    if ('folder' in source) {
      const address = `${id}/${source.folder.replace(/\/+$/, '')}`
      return { id: `folder:${address}` as SourceId, kind: 'folder', address, fulltext: 'always', ...outlet }
    }
    const [kind, address] =
      'feed' in source ? (['feed', source.feed] as const) : (['page', source.page] as const)
    return {
      id: `${kind}:${address}` as SourceId,
      kind,
      address,
      fulltext: shownTo(source.fulltext),
      ...outlet,
    }
  })
}

/** What members may be shown. What everybody may be shown is in the definition; see `archive.ts`. */
function shownTo(said: 'public' | Fulltext): Fulltext {
  return said === 'public' ? 'always' : said
}
