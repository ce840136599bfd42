/**
 * How strongly two clusters of articles speak for being one event. Three measures, because they fail differently:
 *
 * - **Evidence** (in nats): how much better one vocabulary explains the words of both than two vocabularies do. Each
 *   cluster's words are drawn from a Dirichlet prior around the words of all news, and the vocabularies are integrated
 *   out; the log Bayes factor has a closed form (K. Heller, Z. Ghahramani, "Bayesian Hierarchical Clustering", 2005;
 *   J. Yin, J. Wang, "A Dirichlet Multinomial Mixture Model-based Approach for Short Text Clustering", 2014). One
 *   threshold serves all text lengths: a bare headline gives little evidence, a long text much, and what texts of their
 *   length share by chance is taken off. Rare words weigh more than common ones, and a word said by all of a cluster
 *   more than one said once.
 * - **Alignment** (0 to 1): the cosine of the summed TF-IDF vectors. Big clusters about one event tell many sides of
 *   it, and evidence then finds too many words unshared; their weightiest words still align.
 * - **Kinship** (from 1 on enough): the mean cosine between articles of the one and of the other (average linkage), for
 *   full texts only. A follow-up tells an event in many new words; the few it keeps are those of the event.
 *
 * Time counts in all: an article of the same day is more likely to tell the same event than one of last week.
 */
import type { Instant } from '../article/article.ts'
import { compounds } from './compounds.ts'
import { eachShared, type TermBag } from './term-bag.ts'

/** What is compared: one article, or several held to tell one event. */
export interface Cluster {
  readonly bag: TermBag
  /** How many articles. */
  readonly size: number
  /** Of all of them; see `vocabulary.ts` for what it does to words. */
  readonly language: string
  /** Times of the earliest and latest article that has one. */
  readonly from: Instant | undefined
  readonly to: Instant | undefined
}

/** How common each term is in the news at hand. */
export interface Background {
  /** The term's share of all terms, 0 to 1. */
  readonly share: (term: number) => number
  /** Inverse document frequency, at least 0. */
  readonly idf: (term: number) => number
}

/** The strength of the prior: how many words of news a vocabulary is worth before any article is read. */
const PRIOR_STRENGTH = 300
/** Nats taken off per term beyond a headline's; see `coincidence`. */
const COINCIDENCE_PER_TERM = 0.5
const HEADLINE_TERMS = 8
/** In how many articles a word is one that a cluster keeps saying. */
const KEPT_SAYING = 3
/** What two words count at least, one with its beginning in a language of compounds, or two of the body, do not. */
const TWO_WORDS = 1.5
/** How many words an article of the one must share with one of the other on average. */
const MEAN_SHARED_WORDS = 0.35
/** The day's news forgets: gaps are measured in this unit. */
const NEWS_CYCLE_MS = 24 * 3_600_000
/** Evidence lost per cycle of silence between two clusters. */
const NATS_PER_CYCLE = 2
/** In how many cycles the weaker measures fade to 1/e: follow-ups of a full text come for days. */
const FADING_CYCLES = 1.5
const KIN_FADING_CYCLES = 20
/** The mean cosine asked of full texts; texts in a language that builds compounds share fewer words. */
const KIN_COSINE = 0.125
const KIN_COSINE_OF_COMPOUNDS = 0.68 * KIN_COSINE
/** What makes a full text, in terms (body words count half). */
const KIN_TERMS = 20
/** Words and articles of other news that are imagined beside a small set, so that its words are not thought common. */
const IMAGINED_TERMS = 3000
const IMAGINED_ARTICLES = IMAGINED_TERMS / 10

/** A background from how many articles hold each term (by term number), for `articles` articles in all. */
export function backgroundOf(
  documentFrequency: ArrayLike<number>,
  articles: number,
  terms: number,
): Background {
  const allTerms = terms + IMAGINED_TERMS
  const allArticles = articles + IMAGINED_ARTICLES
  return {
    share: (term) => Math.max(documentFrequency[term] ?? 0, 1) / allTerms,
    idf: (term) => Math.log(1 + allArticles / Math.max(documentFrequency[term] ?? 0, 1)),
  }
}

/** Time between the two, 0 where they overlap or a time is unknown, in news cycles. */
export function gapOf(a: Cluster, b: Cluster): number {
  if (a.from === undefined || a.to === undefined || b.from === undefined || b.to === undefined) return 0
  return Math.max(0, a.from - b.to, b.from - a.to) / NEWS_CYCLE_MS
}

/**
 * Whether what two clusters share is no more than chance: one word that neither keeps saying (two headlines with one
 * word in common are no event, however rare the word), or words that each of them says only once in a while, so that an
 * article of the one has on average hardly a word in common with an article of the other (the guard of average linkage).
 */
function isCoincidence(a: Cluster, b: Cluster): boolean {
  let shared = 0
  let often = 0
  let products = 0
  eachShared(a.bag, b.bag, (_, inA, inB) => {
    shared += Math.min(inA, inB, 1)
    often = Math.max(often, inA, inB)
    products += inA * inB
  })
  if (shared < TWO_WORDS && often < KEPT_SAYING) return true
  return products / (a.size * b.size) < MEAN_SHARED_WORDS
}

/** Log Bayes factor of one event against two, in nats; negative infinity where the words shared are a coincidence. */
export function evidence(a: Cluster, b: Cluster, background: Background): number {
  if (isCoincidence(a, b)) return Number.NEGATIVE_INFINITY
  let sum = 0
  eachShared(a.bag, b.bag, (term, inA, inB) => {
    const prior = PRIOR_STRENGTH * background.share(term)
    sum += logGamma(prior + inA + inB) - logGamma(prior + inA) - logGamma(prior + inB) + logGamma(prior)
  })
  return sum - lengthCost(a.bag.total, b.bag.total) - NATS_PER_CYCLE * gapOf(a, b) - coincidence(a, b)
}

/**
 * Words are not drawn independently: two texts of one field share some by chance, the more the longer they are. So much
 * is taken off for each term of the shorter text (on average, in a cluster) beyond a headline's.
 */
function coincidence(a: Cluster, b: Cluster): number {
  const terms = Math.min(a.bag.total / a.size, b.bag.total / b.size)
  return COINCIDENCE_PER_TERM * Math.max(0, terms - HEADLINE_TERMS)
}

/** What joining costs because every word must now share one vocabulary. */
function lengthCost(a: number, b: number): number {
  return (
    logGamma(PRIOR_STRENGTH + a + b) -
    logGamma(PRIOR_STRENGTH + a) -
    logGamma(PRIOR_STRENGTH + b) +
    logGamma(PRIOR_STRENGTH)
  )
}

/** Cosine of the TF-IDF vectors, faded by the time between the clusters. */
export function alignment(a: Cluster, b: Cluster, background: Background): number {
  const dot = product(a.bag, b.bag, background)
  if (dot === 0) return 0
  return (
    (dot / (lengthsOf(a.bag, background).norm * lengthsOf(b.bag, background).norm)) *
    Math.exp(-gapOf(a, b) / FADING_CYCLES)
  )
}

/**
 * Mean cosine between the articles of the one and of the other, in units of what is asked of full texts: from 1 on they
 * are one event. 0 for texts so short that a single word decides too much.
 */
export function kinship(a: Cluster, b: Cluster, background: Background): number {
  if (Math.min(a.bag.total / a.size, b.bag.total / b.size) < KIN_TERMS) return 0
  const dot = product(a.bag, b.bag, background)
  if (dot === 0) return 0
  const energies = lengthsOf(a.bag, background).energy * lengthsOf(b.bag, background).energy
  const meanCosine = dot / Math.sqrt(a.size * b.size * energies)
  const asked = compounds(a.language) ? KIN_COSINE_OF_COMPOUNDS : KIN_COSINE
  return (meanCosine / asked) * Math.exp(-gapOf(a, b) / KIN_FADING_CYCLES)
}

/** The inner product of the summed TF-IDF vectors. */
function product(a: TermBag, b: TermBag, background: Background): number {
  let dot = 0
  eachShared(a, b, (term, inA, inB) => {
    dot += inA * inB * background.idf(term) ** 2
  })
  return dot
}

interface Lengths {
  readonly background: Background
  /** Of the summed TF-IDF vector. */
  readonly norm: number
  /** The sum over the articles of their squared lengths as TF-IDF vectors. */
  readonly energy: number
}

const lengths = new WeakMap<TermBag, Lengths>()

/** Bags never change, so their lengths are kept as long as the background is the same. */
function lengthsOf(bag: TermBag, background: Background): Lengths {
  const known = lengths.get(bag)
  if (known?.background === background) return known
  let norm = 0
  let energy = 0
  for (let i = 0; i < bag.terms.length; i++) {
    const squaredIdf = background.idf(bag.terms[i] ?? 0) ** 2
    norm += (bag.counts[i] ?? 0) ** 2 * squaredIdf
    energy += (bag.squares[i] ?? 0) * squaredIdf
  }
  const measured = { background, norm: Math.sqrt(norm), energy }
  lengths.set(bag, measured)
  return measured
}

const HALF_LOG_TWO_PI = Math.log(2 * Math.PI) / 2

/** The logarithm of the gamma function for positive arguments, by Stirling's series after shifting; 1e-9 accurate. */
function logGamma(x: number): number {
  let shift = 0
  let at = x
  if (at < 7) {
    let product = 1
    while (at < 7) product *= at++
    shift = Math.log(product)
  }
  const square = 1 / (at * at)
  return (
    (at - 0.5) * Math.log(at) -
    at +
    HALF_LOG_TWO_PI +
    (1 / 12 - square * (1 / 360 - square / 1260)) / at -
    shift
  )
}
