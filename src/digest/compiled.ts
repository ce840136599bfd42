/** A digest's definition made ready for composition: compiling takes a moment, so it is done once for each edition. */
import type { SourceId } from '../article/article.ts'
import type { Digest } from './definition.ts'
import { type CompiledRules, compileRules } from './filter.ts'
import { sourcesOf } from './source-list.ts'
import { type CompiledTopic, compileTopics } from './topics.ts'

export interface CompiledDigest {
  readonly rules: CompiledRules
  readonly topics: readonly CompiledTopic[]
  /** How much each source counts in ranking, 0 to 3; 1 for one that is not here. */
  readonly sourceWeights: ReadonlyMap<SourceId, number>
}

export function compiled(digest: Digest): CompiledDigest {
  const sources = sourcesOf(digest.id, digest)
  return {
    rules: compileRules(digest.filters),
    topics: compileTopics(digest.topics),
    sourceWeights: new Map(sources.map(({ id }, at) => [id, digest.sources[at]?.weight ?? 1])),
  }
}
