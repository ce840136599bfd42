/** Files of the digests folder → held articles in stories. One scan at a time; what did not change costs a hash. */
import { createHash } from 'node:crypto'
import type { Instant, SourceId } from '../article/article.ts'
import type { AnalysedArticle, HouseDigest, Intake } from '../digest/library.ts'
import { OutsideError, UserError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Stories } from './stories.ts'

export interface IncomingFile {
  readonly sourceId: SourceId
  readonly key: string
  readonly path: string
  readonly bytes: Uint8Array
  readonly outlet: string
  readonly language: string
}

export type FileAnalysis =
  | { readonly kind: 'article'; readonly article: AnalysedArticle }
  | { readonly kind: 'refused'; readonly reason: string }

export interface FolderIntake {
  readonly now: () => Instant
  readonly intake: Intake
  readonly scan: () => Promise<{
    readonly digests: readonly HouseDigest[] | undefined
    readonly files: AsyncIterable<IncomingFile>
    readonly present: ReadonlyMap<SourceId, ReadonlySet<string>>
    readonly problems: readonly string[]
  }>
  /** What the last scan found was not taken in, or not all of it. */
  readonly forget: () => void
  /** Runs in a worker with a time limit. */
  readonly analyse: (file: IncomingFile) => Promise<FileAnalysis>
  readonly stories: Stories
  readonly log: Log
}

/** Raised when files are parsed otherwise; for a change of the analysis alone see `digest/renewing.ts`. */
const analysisVersion = 1
/** So many articles are held before they are placed in stories: those that come together do not depend on their order. */
const batchSize = 500

/**
 * Takes in what changed in the folder of digests since the last call that did not fail. Returns how many articles came or changed.
 */
export async function takeIn(folder: FolderIntake): Promise<number> {
  try {
    return await takeInScan(folder)
  } catch (error) {
    folder.forget()
    throw error
  }
}

async function takeInScan(folder: FolderIntake): Promise<number> {
  const { intake, log, now } = folder
  const scan = await folder.scan()
  for (const problem of scan.problems) log.warn({ problem }, 'digests.refused')
  if (scan.digests !== undefined) {
    await intake.setHouseDigests(scan.digests, now())
    log.info({ digests: scan.digests.map((each) => each.digest.id) }, 'digests.loaded')
  }
  let changes = 0
  for await (const file of scan.files) {
    if (!(await takeInFile(folder, file))) continue
    changes += 1
    if (changes % batchSize === 0) await folder.stories.place()
  }
  // Always, because it also takes up what could not be placed before.
  await folder.stories.place()
  for (const [sourceId, present] of scan.present) {
    const keys = new Set([...present].map((name) => fileKey(sourceId, name)))
    for (const key of await intake.heldKeys(sourceId)) {
      if (keys.has(key)) continue
      const retired = await intake.retire(key, now())
      if (retired === undefined) continue
      await folder.stories.remove([retired])
      changes += 1
      log.info({ source: sourceId, key }, 'article.retired')
    }
  }
  if (changes > 0) log.info({ changes }, 'articles.taken')
  return changes
}

/** A file is known by its place and name alone. */
function fileKey(sourceId: SourceId, name: string): string {
  return `file:${sourceId}:${name}`
}

/** Holds one file's article; false where nothing changed or nothing could be read. */
async function takeInFile(folder: FolderIntake, file: IncomingFile): Promise<boolean> {
  const { intake, log, now } = folder
  const hash = createHash('sha256')
    .update(JSON.stringify([analysisVersion, file.outlet, file.language]))
    .update(file.bytes)
    .digest('hex')
  const incoming = { sourceId: file.sourceId, keys: [fileKey(file.sourceId, file.key)] }
  if ((await intake.find(incoming))?.contentHash === hash) return false
  const analysis = await folder.analyse(file).catch((error: unknown): FileAnalysis => {
    if (error instanceof UserError) return { kind: 'refused', reason: error.message }
    if (error instanceof OutsideError && error.retry) {
      folder.forget()
      return { kind: 'refused', reason: `${error.message} It is tried again.` }
    }
    log.error({ err: error, path: file.path }, 'article.failed')
    return {
      kind: 'refused',
      reason: 'it could not be read, which is a mistake of ours; the log has the rest',
    }
  })
  if (analysis.kind === 'refused') {
    log.warn({ problem: `${file.path}: ${analysis.reason}` }, 'article.refused')
    return false
  }
  const held = await intake.hold(incoming, hash, analysis.article, now())
  log.debug({ path: file.path, article: held.id, change: held.change }, 'article.taken')
  return true
}
