/**
 * The folder of house digests: `<name>/digest.yaml` and the article folders it names. Each scan compares what lies there with
 * the scan before and says what changed; what cannot be used is named once, with the reason, and hinders nothing else.
 *
 * Scanning by size and time of change works where notifications do not: network drives, containers, editors that
 * replace files.
 */
import type { Dirent } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { SourceId } from '../article/article.ts'
import { isArticleFile, MAX_FILE_BYTES } from '../article/file.ts'
import { type DigestId, readDefinition } from '../digest/definition.ts'
import type { HouseDigest } from '../digest/library.ts'
import { sourcesOf } from '../digest/source-list.ts'
import { messageOf } from '../errors.ts'

export interface FolderFile {
  readonly sourceId: SourceId
  /** The name of the file, its identity within the source. */
  readonly key: string
  /** For messages: the path as a person would name it. */
  readonly path: string
  readonly bytes: Uint8Array
  /** The outlet of articles that do not name theirs. */
  readonly outlet: string
  /** The language of the digest, a hint for short texts. */
  readonly language: string
}

export interface Scan {
  /** All digests that can be used, if any definition changed since the last scan. */
  readonly digests: readonly HouseDigest[] | undefined
  /** Files that are new or changed since the last scan. */
  readonly files: AsyncIterable<FolderFile>
  /** For each article folder, the names of all article files in it now. */
  readonly present: ReadonlyMap<SourceId, ReadonlySet<string>>
  /** Sentences about what cannot be used, each said once for one state of a file. */
  readonly problems: readonly string[]
}

export interface DigestsFolder {
  readonly scan: () => Promise<Scan>
  /** What was handed out was not taken: the next scan finds everything new. */
  readonly forget: () => void
}

interface Held {
  readonly stamp: string
  readonly house: HouseDigest
}

const definitionName = 'digest.yaml'
const digestName = /^[a-z0-9][a-z0-9-]{0,40}$/

/** A file that changed within the last `settleMs` may still be being written; it is read by a later scan. */
export function createDigestsFolder(dir: string, { settleMs = 250 } = {}): DigestsFolder {
  const definitions = new Map<string, Held>()
  const stamps = new Map<string, string>()
  const said = new Map<string, string>()

  const sayOnce = (path: string, problems: readonly string[]): readonly string[] => {
    const text = problems.join('\n')
    if (said.get(path) === text) return []
    said.set(path, text)
    return problems
  }

  return {
    scan: async () => {
      const problems: string[] = []
      const { changed, problems: definitionProblems } = await scanDefinitions(dir, definitions, stamps)
      for (const [path, found] of definitionProblems) problems.push(...sayOnce(path, found))
      const present = new Map<SourceId, ReadonlySet<string>>()
      const fresh: FreshFile[] = []
      for (const { house } of definitions.values()) {
        for (const source of house.sources) {
          if (source.kind !== 'folder') continue
          const listing = await listFiles(join(dir, source.address), source.address)
          problems.push(...sayOnce(source.address, listing.problems))
          present.set(source.id, new Set(listing.files.map((file) => file.name)))
          for (const file of listing.files) {
            if (stamps.get(file.path) === file.stamp || Date.now() - file.mtimeMs < settleMs) continue
            stamps.set(file.path, file.stamp)
            fresh.push({ ...file, house, source })
          }
        }
      }
      return {
        digests: changed ? [...definitions.values()].map((held) => held.house) : undefined,
        files: readAll(dir, fresh),
        present,
        problems,
      }
    },
    forget: () => stamps.clear(),
  }
}

async function scanDefinitions(
  dir: string,
  definitions: Map<string, Held>,
  stamps: Map<string, string>,
): Promise<{ changed: boolean; problems: Map<string, readonly string[]> }> {
  const problems = new Map<string, readonly string[]>()
  let entries: readonly Dirent[]
  try {
    entries = await readdir(dir, { withFileTypes: true })
  } catch (error) {
    problems.set(dir, [
      `The folder of digests ${dir} cannot be read (${messageOf(error)}). Set DIGESTS_DIR to one that exists.`,
    ])
    return { changed: false, problems }
  }
  let changed = false
  const names = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
  for (const gone of [...definitions.keys()].filter((name) => !names.includes(name))) {
    definitions.delete(gone)
    changed = true
  }
  for (const name of names.sort()) {
    const path = `${name}/${definitionName}`
    if (!digestName.test(name)) {
      problems.set(path, [
        `${name}: a digest's folder is named in lower-case letters, digits and hyphens, 40 at most; rename it`,
      ])
      continue
    }
    try {
      const { mtimeMs, size } = await stat(join(dir, path))
      const stamp = `${mtimeMs}:${size}`
      if (stamps.get(path) === stamp) continue
      stamps.set(path, stamp)
      const result = readDefinition(await readFile(join(dir, path), 'utf8'), path)
      if (result.kind === 'problems') {
        problems.set(path, result.problems)
        continue
      }
      const digest = { id: name as DigestId, ...result.definition }
      const sources = sourcesOf(digest.id, digest)
      definitions.set(name, { stamp, house: { digest, sources } })
      changed = true
    } catch (error) {
      const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
      if (missing && definitions.delete(name)) changed = true
      problems.set(path, [
        missing
          ? `${name}: has no ${definitionName}; add one, digests/README.md shows how`
          : `${path}: cannot be read (${messageOf(error)})`,
      ])
    }
  }
  return { changed, problems }
}

interface ListedFile {
  readonly name: string
  readonly path: string
  readonly size: number
  readonly mtimeMs: number
  readonly stamp: string
}

interface FreshFile extends ListedFile {
  readonly house: HouseDigest
  readonly source: HouseDigest['sources'][number]
}

async function listFiles(
  folder: string,
  address: string,
): Promise<{ files: readonly ListedFile[]; problems: readonly string[] }> {
  const files: ListedFile[] = []
  try {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.isDirectory() || !isArticleFile(entry.name)) continue
      try {
        const { size, mtimeMs } = await stat(join(folder, entry.name))
        files.push({
          name: entry.name,
          path: `${address}/${entry.name}`,
          size,
          mtimeMs,
          stamp: `${mtimeMs}:${size}`,
        })
      } catch {
        // It went away, or is a link to nothing: the next scan sees what stands.
      }
    }
    return { files: files.sort((a, b) => (a.name < b.name ? -1 : 1)), problems: [] }
  } catch (error) {
    return {
      files,
      problems: [
        `${address}: the folder cannot be read (${messageOf(error)}); create it or mend digest.yaml`,
      ],
    }
  }
}

/** Reads one file at a time, so that a folder of thousands does not fill memory; an oversized one is not read whole. */
async function* readAll(dir: string, fresh: readonly FreshFile[]): AsyncGenerator<FolderFile> {
  for (const file of fresh) {
    let bytes: Uint8Array
    try {
      bytes =
        file.size > MAX_FILE_BYTES ? new Uint8Array(MAX_FILE_BYTES + 1) : await readFile(join(dir, file.path))
    } catch {
      continue
    }
    yield {
      sourceId: file.source.id,
      key: file.name,
      path: file.path,
      bytes,
      outlet: file.source.outlet ?? file.house.digest.title,
      language: file.house.digest.language,
    }
  }
}
