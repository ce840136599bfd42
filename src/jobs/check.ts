/** What lies in the folder of digests and what of it cannot be used, without keeping anything. */
import type { FileAnalysis, FolderIntake, IncomingFile } from './intake.ts'

export interface FolderReport {
  readonly digests: readonly { readonly id: string; readonly title: string; readonly articles: number }[]
  /** Sentences that begin with the file. */
  readonly problems: readonly string[]
}

export async function checkFolder(
  scan: FolderIntake['scan'],
  analyse: (file: IncomingFile & { readonly name: string }) => FileAnalysis,
): Promise<FolderReport> {
  const { digests = [], files, problems } = await scan()
  const found: string[] = [...problems]
  const articles = new Map<string, number>()
  for await (const file of files) {
    const analysis = analyse({ ...file, name: file.path })
    if (analysis.kind === 'refused') found.push(`${file.path}: ${analysis.reason}`)
    else articles.set(file.sourceId, (articles.get(file.sourceId) ?? 0) + 1)
  }
  return {
    digests: digests.map(({ digest, sources }) => ({
      id: digest.id,
      title: digest.title,
      articles: sources.reduce((sum, source) => sum + (articles.get(source.id) ?? 0), 0),
    })),
    problems: found,
  }
}

export function sayReport({ digests, problems }: FolderReport): string {
  const lines = digests.map(
    ({ id, title, articles }) => `${id}: "${title}", ${articles} ${articles === 1 ? 'article' : 'articles'}`,
  )
  const verdict =
    problems.length === 0
      ? 'No problems.'
      : `${problems.length === 1 ? '1 problem' : `${problems.length} problems`}:`
  return [
    ...(lines.length === 0 ? ['No digest can be used.'] : lines),
    verdict,
    ...problems.map((each) => `  ${each}`),
  ].join('\n')
}
