/**
 * The text of a page: a copy of the page is cleaned, several ways of finding the text are tried on it, their lines are
 * tidied and the best is chosen. Where even that is poor, the page is tried once more as it came.
 */
import { type Block, readBlocks } from './blocks.ts'
import { type Candidate, containerCandidate, linkedCandidate, readabilityCandidate } from './candidates.ts'
import { chooseCandidate, type PageEvidence, proseLength, topicOf } from './choose.ts'
import { removeBoilerplate } from './clean.ts'
import { parsePage } from './dom.ts'
import { keepArticleLines, type LineContext } from './lines.ts'

export interface BodySources extends LineContext {
  /** Markup that went through `boundMarkup`; parsed anew, because cleaning and readability change the DOM. */
  readonly markup: string
  /** All blocks of the page as it came. */
  readonly page: readonly Block[]
  readonly description: string | undefined
  /** The text that the page's JSON-LD carries. */
  readonly linkedBody: string | undefined
}

/** Prose shorter than this, or fewer words of the topic, is worth another try. */
const POOR_PROSE = 500
const POOR_TOPIC = 0.4

/** The blocks of the article's text in order; empty where a page has none. */
export function findBody(sources: BodySources): readonly Block[] {
  const { markup, page, headline, description, linkedBody } = sources
  const evidence: PageEvidence = { headline, description, linkedLength: linkedBody?.length }
  const tidy = (candidate: Candidate | undefined): Candidate[] =>
    candidate === undefined ? [] : [{ ...candidate, blocks: keepArticleLines(candidate.blocks, sources) }]
  const document = parsePage(markup)
  removeBoilerplate(document, headline)
  const cleaned = readBlocks(document.body)
  const candidates = [
    ...tidy(containerCandidate(document.body, cleaned)),
    ...tidy(readabilityCandidate('region', document, cleaned)),
    ...tidy(linkedBody === undefined ? undefined : linkedCandidate(linkedBody, document.body)),
  ]
  const first = chooseCandidate(candidates, evidence)
  if (first !== undefined && !isPoor(first, evidence)) return first.blocks
  const raw = tidy(readabilityCandidate('raw', parsePage(markup), page))
  return chooseCandidate([...candidates, ...raw], evidence)?.blocks ?? []
}

function isPoor(candidate: Candidate, evidence: PageEvidence): boolean {
  return proseLength(candidate) < POOR_PROSE || topicOf(candidate, evidence) < POOR_TOPIC
}
