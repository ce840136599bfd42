/**
 * The sources of a digest that a server made, as its owners add and take away. Pure: a definition in, a definition out, and nothing
 * that could not be stored. Two addresses are one source where they differ only in what never matters (`http` for `https`, a slash at the end).
 */
import type { SourceId } from '../article/article.ts'
import { canonicalUrl } from '../article/identity.ts'
import type { DigestDefinition } from './definition.ts'
import type { ListedSource } from './feed-list.ts'
import type { FoundSource } from './found-source.ts'

/** As the schema of definitions has it. */
export const mostSources = 200
const longestName = 80

type Source = DigestDefinition['sources'][number]

export interface NewSource extends Pick<FoundSource, 'kind' | 'address'> {
  /** The outlet of articles that do not name theirs. */
  readonly name?: string | undefined
}

/** Where sources are read now, as far as it is known: elsewhere than their definition says where they moved for good. */
export type ReadAt = ReadonlyMap<SourceId, { readonly address: string }>

export function currentAddress(source: NewSource, readAt: ReadAt): string {
  return readAt.get(sourceIdOf(source))?.address ?? source.address
}

export interface AddedSources {
  readonly sources: readonly Source[]
  readonly added: readonly NewSource[]
  /** Those that the digest had before. */
  readonly known: readonly NewSource[]
  /** Those for which there was no room. */
  readonly left: readonly NewSource[]
}

/** A source that moved keeps its id and is known by its new address too. */
export function addSources(
  standing: readonly Source[],
  wanted: readonly NewSource[],
  readAt: ReadAt = new Map(),
): AddedSources {
  const seen = new Set(standing.map((source) => identityOf(addressOf(source))))
  for (const source of sourcesIn({ sources: standing })) seen.add(identityOf(currentAddress(source, readAt)))
  const added: NewSource[] = []
  const known: NewSource[] = []
  const left: NewSource[] = []
  for (const source of wanted) {
    const identity = identityOf(source.address)
    if (seen.has(identity)) known.push(source)
    else if (standing.length + added.length >= mostSources) left.push(source)
    else {
      seen.add(identity)
      added.push(source)
    }
  }
  return { sources: [...standing, ...added.map(sourceOf)], added, known, left }
}

function sourceOf({ kind, address, name }: NewSource): Source {
  const named = name === undefined || name.trim() === '' ? {} : { name: name.trim().slice(0, longestName) }
  const usual = { ...named, fulltext: 'always', weight: 1 } as const
  return kind === 'feed' ? { feed: address, ...usual } : { page: address, ...usual }
}

function addressOf(source: Source): string {
  if ('folder' in source) return source.folder
  return 'feed' in source ? source.feed : source.page
}

/** The id under which a source of the network is held. */
export function sourceIdOf({ kind, address }: NewSource): SourceId {
  return `${kind}:${address}` as SourceId
}

/** What a list of feeds names, as sources. */
export function listedSource({ address, title }: ListedSource): NewSource {
  return { kind: 'feed', address, name: title }
}

/** Those that can be added and taken away: a server's digest reads the network alone. */
export function sourcesIn({ sources }: { readonly sources: readonly Source[] }): readonly NewSource[] {
  return sources.flatMap((source): readonly NewSource[] => {
    if ('folder' in source) return []
    const kind = 'feed' in source ? 'feed' : 'page'
    return [{ kind, address: addressOf(source), ...(source.name === undefined ? {} : { name: source.name }) }]
  })
}

/** What a source is called: its name, or its host. */
export function sourceName({ name, address }: NewSource): string {
  return name ?? URL.parse(address)?.hostname.replace(/^www\./, '') ?? address
}

/** What is left without it; undefined where nothing would be: a digest has at least one source. */
export function withoutSource(
  standing: readonly Source[],
  { address }: Pick<NewSource, 'address'>,
): readonly Source[] | undefined {
  const kept = standing.filter((source) => addressOf(source) !== address)
  return kept.length === 0 ? undefined : kept
}

function identityOf(address: string): string {
  return canonicalUrl(address) ?? address
}
