/** The tables of `docs/scale.md` that the model says. Run as a program it writes them into the page; a test compares them. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Breaking,
  breakings,
  type Costs,
  costs,
  type Forecast,
  forecast,
  habits,
  type LimitName,
  platform,
  simulateBurst,
  sizes,
} from './scale-model.ts'

type Cells = readonly string[]

const measured = '**m**, PostgreSQL'

/** What it is, its unit, and where it comes from. */
const costNames: Readonly<Record<keyof Costs, readonly [string, string, string]>> = {
  pollUnchangedMs: ['poll that answers 304', 'ms', measured],
  pollChangedMs: ['poll with news: a feed of 30 entries, without its new articles', 'ms', measured],
  articleAnalysedMs: [
    'article read and analysed',
    'ms',
    `${measured}; the mean of whole feeds and of pages of 70 kB`,
  ],
  articleHeldMs: ['article written down, with its words in the search index', 'ms', measured],
  articlePlacedMs: ['article put into a story, 60,000 in view', 'ms', measured],
  storySummarisedMs: ['story summarised', 'ms', measured],
  editionMs: ['edition of 200 new articles, composed and frozen', 'ms', measured],
  deliveryMs: ['delivery claimed, posted and written down', 'ms', measured],
  interactionMs: [
    'interaction answered',
    'ms',
    `${measured}; the mean of three commands, a list and a button`,
  ],
  pageMs: ['page served', 'ms', `${measured}; the mean of four pages and a feed`],
  serverPollMs: ['of the database server: a poll', 'ms', '**m**'],
  serverArticleMs: ['an article written down and placed', 'ms', '**m**, few held'],
  serverEditionMs: ['an edition', 'ms', '**m**'],
  serverDeliveryMs: ['a delivery', 'ms', '**m**'],
  serverInteractionMs: ['an interaction', 'ms', '**m**, few held'],
  serverPageMs: ['a page', 'ms', '**m**'],
  pollCommits: ['commits for a poll', '', 'a'],
  deliveryCommits: ['commits for a delivery', '', 'a'],
  articleCommits: ['commits for an article', '', 'a'],
  commitsPerSecond: [
    'commits a second of one server, 16 connections',
    '',
    'taken low on purpose, as slow disks commit: **m** where twenty others wanted the machine; 13,000 on it alone (3,300 by one connection)',
  ],
  articleBytes: [
    'article held',
    'bytes',
    '**m**: 9.7 GB of PostgreSQL for a million with all that belongs to them (6.7 GB of SQLite)',
  ],
  deliveryBytes: ['delivery held', 'bytes', measured],
  shardGuildBytes: ['server known to a gateway', 'bytes', '**m**: 30 channels, 15 roles, 20 emojis'],
  viewArticleBytes: ['article in view', 'bytes', '**m**'],
}

const limitNames: Readonly<Record<LimitName, string>> = {
  view: `view: ${platform.placingView.toLocaleString('en')} articles are less than ${habits.storyDays} days`,
  memory: `memory of one process, if the view held ${habits.storyDays} days`,
  posts: `Discord: ${platform.postsPerSecond} a second, the last post half an hour late`,
  placing: 'processor of the one that puts articles into stories',
  commits: 'commits of the database',
  database: `processors of the database server (${platform.databaseCores} cores, a)`,
  disk: `disk of the database server (${platform.databaseBytes / 1e12} TB, a)`,
}

/** Each as Markdown, without a line end. */
export function tables(): Readonly<Record<'costs' | 'sizes' | 'breakings' | 'bursts', string>> {
  return {
    costs: table(['one', 'costs', 'from'], costRows()),
    sizes: table(
      [
        'subscriptions',
        'servers',
        'articles a day',
        'posts in the fullest minute',
        'they take',
        'view',
        'database',
        'cores',
        'of the server',
        'gateway, poll, publish, web',
        'fullest limit',
      ],
      sizes.map((size) => sizeRow(forecast(size, costs, habits, platform))),
    ),
    breakings: table(
      ['subscriptions', 'at its end', 'articles a day', 'posts in the fullest minute', 'cores', 'database'],
      breakings(costs, habits, platform).map(breakingRow),
    ),
    bursts: table(
      ['posts due', 'spread over', 'half of them stand after', 'the last one after', 'on time'],
      burstRows(),
    ),
  }
}

function table(head: Cells, rows: readonly Cells[]): string {
  const line = (cells: Cells): string => `| ${cells.join(' | ')} |`
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n')
}

function costRows(): readonly Cells[] {
  const names: readonly [string, readonly [string, string, string]][] = Object.entries(costNames)
  const values: Readonly<Record<string, number>> = { ...costs }
  return names.map(([name, [what, unit, from]]) => [
    what,
    `${number(values[name] ?? 0)} ${unit}`.trim(),
    from,
  ])
}

function sizeRow(of: Forecast): Cells {
  const { gateway, poll, publish, web } = of.processes
  return [
    number(of.subscriptions),
    number(of.guilds),
    number(of.articlesPerDay),
    number(of.postsAtOnce),
    time(of.postingMs),
    time(of.viewDays * 86_400_000),
    bytes(of.databaseBytes),
    number(of.cores),
    number(of.databaseCores),
    `${gateway}, ${poll}, ${publish}, ${web}`,
    fullest(of),
  ]
}

function fullest({ limits: [first, second] }: Forecast): string {
  if (first === undefined || second === undefined) return ''
  if (first.share <= 1) return `none (${first.name}, ${Math.round(first.share * 100)} %)`
  const over = ({ name, share }: typeof first) => `${name}, ${number(share)} times over`
  return second.share > 1 ? `${over(first)}; ${over(second)}` : over(first)
}

function breakingRow({ name, subscriptions, forecast: at }: Breaking): Cells {
  if (subscriptions > 9e8) return ['never', limitNames[name], '', '', '', '']
  return [
    rounded(subscriptions),
    limitNames[name],
    rounded(at.articlesPerDay),
    rounded(at.postsAtOnce),
    number(at.cores),
    bytes(at.databaseBytes),
  ]
}

const bursts = [
  [3000, 0],
  [30_000, 0],
  [300_000, 0],
  [300_000, 3_600_000],
  [1_000_000, 0],
  [1_000_000, 3_600_000],
] as const

function burstRows(): readonly Cells[] {
  return bursts.map(([posts, spreadMs]) => {
    const { medianMs, lastMs, onTime } = simulateBurst(posts, spreadMs, platform)
    return [
      number(posts),
      spreadMs === 0 ? 'no time' : time(spreadMs),
      time(medianMs),
      time(lastMs),
      onTime === 1 ? 'all' : `${Math.round(onTime * 100)} %`,
    ]
  })
}

/** Two digits, and whole thousands where it is large. */
function number(value: number): string {
  return Number(value.toPrecision(value < 100_000 && Number.isInteger(value) ? 5 : 2)).toLocaleString('en')
}

function rounded(value: number): string {
  return number(Number(value.toPrecision(2)))
}

function bytes(value: number): string {
  return value < 1e12 ? `${number(value / 1e9)} GB` : `${number(value / 1e12)} TB`
}

function time(ms: number): string {
  const units = [
    ['day', 86_400_000, 2],
    ['hour', 3_600_000, 1],
    ['minute', 60_000, 1],
    ['second', 1000, 0],
  ] as const
  const [name, unit] = units.find(([, each, least]) => ms >= each * least) ?? ['second', 1000]
  const count = number(ms / unit)
  return `${count} ${name}${count === '1' ? '' : 's'}`
}

/** Each table stands where one with the same head stood. */
function write(): void {
  const path = join(import.meta.dirname, '../../docs/scale.md')
  let page = readFileSync(path, 'utf8')
  for (const made of Object.values(tables())) {
    const [head = ''] = made.split('\n')
    const start = page.indexOf(`\n${head}\n`) + 1
    if (start === 0) throw new Error(`the page has no table with this head: ${head}`)
    page = page.slice(0, start) + made + page.slice(page.indexOf('\n\n', start))
  }
  writeFileSync(path, page)
}

if (import.meta.main) write()
