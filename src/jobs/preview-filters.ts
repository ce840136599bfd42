/**
 * What the rules of a digest do to the articles it has seen, before readers notice. The definition is read from the folder
 * as it stands there now, so that a rule can be tried out before the bot takes it up; the articles are those held.
 */
import type { Instant } from '../article/article.ts'
import { compiled } from '../digest/compiled.ts'
import type { Digest, DigestId } from '../digest/definition.ts'
import {
  type FindHeldArticles,
  type HeldArticle,
  previewFilters,
  type RuleEffect,
} from '../digest/filter-preview.ts'
import { describeRule } from '../digest/filter-rule.ts'
import type { HouseDigest } from '../digest/library.ts'
import { topicsOf } from '../digest/topics.ts'
import { UserError } from '../errors.ts'

export interface FilterPreviewing {
  /** A look at the folder of digests. */
  readonly scan: () => Promise<{
    readonly digests: readonly HouseDigest[] | undefined
    readonly problems: readonly string[]
  }>
  /** A digest that lies in no folder. */
  readonly findDigest: (id: DigestId) => Promise<Digest | undefined>
  readonly filterable: FindHeldArticles
  readonly now: Instant
}

export interface FilterReport {
  readonly digest: string
  readonly title: string
  readonly days: number
  readonly articles: number
  readonly kept: number
  /** What each exclude rule removes, and at last what fits no include rule. */
  readonly removals: readonly ReportedRule[]
  /** What each include rule lets in. */
  readonly admissions: readonly ReportedRule[]
  /** How many of the articles that are kept are about each topic before all others. */
  readonly topics: readonly { readonly name: string; readonly articles: number }[]
}

export interface ReportedRule {
  readonly rule: string
  readonly articles: readonly { readonly id: string; readonly headline: string; readonly outlet: string }[]
  /** How many of them no other rule removes, or lets in. */
  readonly only: number
}

const dayMs = 24 * 60 * 60 * 1000

/** Errors: `UserError` where there is no such digest, or its definition has problems. */
export async function reportFilters(
  { scan, findDigest, filterable, now }: FilterPreviewing,
  name: string,
  days: number,
): Promise<FilterReport> {
  const { digests = [], problems } = await scan()
  const own = problems.filter(
    (problem) => problem.startsWith(`${name}/digest.yaml:`) || problem.startsWith(`${name}: `),
  )
  if (own.length > 0) throw new UserError('digest-problems', own.join('\n'))
  const named =
    digests.find(({ digest }) => digest.id === name)?.digest ?? (await findDigest(name as DigestId))
  if (named === undefined) throw unknownDigest(name, digests)
  const { rules, topics } = compiled(named)
  const articles = await filterable(named.id, now - days * dayMs)
  const { kept, removals, admissions } = previewFilters(articles, rules)
  const firstTopics = kept.map((article) => topicsOf(article, topics)[0])
  return {
    digest: named.id,
    title: named.title,
    days,
    articles: articles.length,
    kept: kept.length,
    removals: removals.map(reported),
    admissions: admissions.map(reported),
    topics: topics.map((topic) => ({
      name: topic.name,
      articles: firstTopics.filter((first) => first === topic.name).length,
    })),
  }
}

function unknownDigest(name: string, digests: readonly HouseDigest[]): UserError {
  const names = digests.map(({ digest }) => digest.id).join(', ')
  const remedy = names === '' ? 'The folder of digests holds none that can be used.' : `There are: ${names}.`
  return new UserError('unknown-digest', `There is no digest "${name}". ${remedy}`)
}

function reported({ rule, articles, only }: RuleEffect<HeldArticle>): ReportedRule {
  return {
    rule: describeRule(rule),
    articles: articles.map(({ id, headline, outlet }) => ({ id, headline, outlet })),
    only: only.length,
  }
}

/** Headlines shown for one rule. */
const examples = 5

export function sayFilters(report: FilterReport): string {
  const { digest, title, days, articles, kept, removals, admissions, topics } = report
  const span = days === 1 ? 'the last day' : `the last ${days} days`
  if (articles === 0)
    return `${title} holds no article of ${span}. Start the bot, or rehearse, so that it reads its sources.`
  if (removals.length + topics.length === 0)
    return `${title} has no filters: it takes in all ${counted(articles)} of ${span}. digests/README.md shows how to write some into ${digest}/digest.yaml.`
  return [
    `${title}: ${counted(articles)} of ${span}, ${kept} kept.`,
    ...removals.flatMap((each) => ['', each.rule, ...sayRule(each, 'removes')]),
    ...admissions.flatMap((each) => ['', each.rule, ...sayRule(each, 'lets in')]),
    ...topics.flatMap(({ name, articles: about }, at) => [
      ...(at === 0 ? [''] : []),
      `topic ${name}: ${counted(about)}`,
    ]),
  ].join('\n')
}

function sayRule({ articles, only }: ReportedRule, does: string): readonly string[] {
  if (articles.length === 0) return [`  ${does} nothing`]
  const alone = only === articles.length ? '' : `, ${only === 0 ? 'none' : only} of them by itself`
  const more = articles.length - examples
  return [
    `  ${does} ${counted(articles.length)}${alone}`,
    ...articles.slice(0, examples).map(({ headline, outlet }) => `    ${headline} (${outlet})`),
    ...(more > 0 ? [`    … and ${more} more`] : []),
  ]
}

function counted(articles: number): string {
  return articles === 1 ? '1 article' : `${articles} articles`
}
