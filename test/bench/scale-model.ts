/**
 * What an installation of a size needs, and what is at its end first: a pure reckoning from costs that were measured (`costs`, each with where
 * it comes from) and from what is assumed of servers, members and news (`habits`). `docs/scale.md` tells it in words.
 */

/**
 * Processor time in milliseconds for one of each, and bytes. `npm run bench -- costs` measures them and prints what is to stand here; what comes
 * from elsewhere says so in `scale-tables.ts`.
 */
export interface Costs {
  readonly pollUnchangedMs: number
  readonly pollChangedMs: number
  readonly articleAnalysedMs: number
  readonly articleHeldMs: number
  readonly articlePlacedMs: number
  readonly storySummarisedMs: number
  readonly editionMs: number
  readonly deliveryMs: number
  readonly interactionMs: number
  readonly pageMs: number
  /** Processor time of the database server, for the same. */
  readonly serverPollMs: number
  readonly serverArticleMs: number
  readonly serverEditionMs: number
  readonly serverDeliveryMs: number
  readonly serverInteractionMs: number
  readonly serverPageMs: number
  /** Commits of a database server for one of each. */
  readonly pollCommits: number
  readonly deliveryCommits: number
  readonly articleCommits: number
  /** What one PostgreSQL commits in a second, with its disk. */
  readonly commitsPerSecond: number
  /** In the database, with all that belongs to it. */
  readonly articleBytes: number
  readonly deliveryBytes: number
  /** In memory: of a server that a gateway knows, and of an article in view while stories are told apart. */
  readonly shardGuildBytes: number
  readonly viewArticleBytes: number
}

/** What servers, their members and the news do. */
export interface Habits {
  /** Subscriptions of one server, and members that use the bot in a day. */
  readonly subscriptionsPerGuild: number
  readonly subscriptionsPerDigest: number
  readonly sourcesPerDigest: number
  /** Different digests that name the same source. */
  readonly digestsPerSource: number
  readonly pollsPerSourceDay: number
  readonly unchangedShare: number
  readonly articlesPerSourceDay: number
  readonly storiesPerArticle: number
  readonly postsPerSubscriptionDay: number
  /** The share of a day's posts that is due in its fullest minute. */
  readonly sameMinuteShare: number
  readonly interactionsPerGuildDay: number
  /** How much fuller than the mean the fullest hour is. */
  readonly peak: number
  readonly pagesPerGuildDay: number
  readonly heldDays: number
  /** A story's later reports come within so many days, mostly. */
  readonly storyDays: number
}

/** What Discord lets one application do; large ones may be given more. */
export interface Platform {
  readonly postsPerSecond: number
  readonly guildsPerShard: number
  /** Of memory, for one process. */
  readonly processBytes: number
  /** Processors and disk of the database server. */
  readonly databaseCores: number
  readonly databaseBytes: number
  /** Articles that the one process that puts them into stories keeps in view. */
  readonly placingView: number
  /** The share of a core that is planned with. */
  readonly coreShare: number
  /** A post that comes later than this is late. */
  readonly lateAfterMs: number
}

/** Of each role. */
export interface Processes {
  readonly gateway: number
  readonly poll: number
  readonly publish: number
  readonly web: number
}

/** `memory` is that of the one process that puts articles into stories, if its view were wide enough. */
export type LimitName = 'posts' | 'placing' | 'view' | 'memory' | 'commits' | 'database' | 'disk'

export interface Forecast {
  readonly subscriptions: number
  readonly guilds: number
  readonly sources: number
  readonly articlesPerDay: number
  readonly postsAtOnce: number
  /** From the first post of the fullest minute to the last. */
  readonly postingMs: number
  readonly pollsPerSecond: number
  readonly interactionsPerSecond: number
  readonly commitsPerSecond: number
  /** Of one core, of the one process that puts articles into stories. */
  readonly placingShare: number
  readonly databaseBytes: number
  /** That the database server works with, in the fullest hour. */
  readonly databaseCores: number
  /** How many days of articles are in view while stories are told apart. */
  readonly viewDays: number
  readonly cores: number
  readonly shards: number
  readonly processes: Processes
  /** How much of each limit is used, the fullest first; above 1 it does not hold. */
  readonly limits: readonly { readonly name: LimitName; readonly share: number }[]
}

const dayMs = 86_400_000
const daySeconds = 86_400

export function forecast(subscriptions: number, costs: Costs, habits: Habits, platform: Platform): Forecast {
  const guilds = Math.ceil(subscriptions / habits.subscriptionsPerGuild)
  const digests = Math.ceil(subscriptions / habits.subscriptionsPerDigest)
  const sources = Math.ceil((digests * habits.sourcesPerDigest) / habits.digestsPerSource)
  const articlesPerDay = sources * habits.articlesPerSourceDay
  const postsPerDay = subscriptions * habits.postsPerSubscriptionDay
  const postsAtOnce = Math.ceil(postsPerDay * habits.sameMinuteShare)
  // What the ledger cannot write down in time is not posted either.
  const postsPerSecond = Math.min(
    platform.postsPerSecond,
    (costs.commitsPerSecond * platform.coreShare) / costs.deliveryCommits,
  )
  const postingMs = (postsAtOnce / postsPerSecond) * 1000
  const polls = sources * habits.pollsPerSourceDay
  const peak = (perDay: number): number => (perDay * habits.peak) / daySeconds
  const interactions = peak(guilds * habits.interactionsPerGuildDay)
  const pages = peak(guilds * habits.pagesPerGuildDay)
  const perSecond = {
    polls: polls / daySeconds,
    articles: peak(articlesPerDay),
    editions: peak(digests * habits.postsPerSubscriptionDay),
    posts: Math.min(postsPerSecond, postsAtOnce),
  }
  const pollMs =
    habits.unchangedShare * costs.pollUnchangedMs + (1 - habits.unchangedShare) * costs.pollChangedMs
  const placingShare = (perSecond.articles * costs.articlePlacedMs) / 1000
  const summarising = (perSecond.articles * habits.storiesPerArticle * costs.storySummarisedMs) / 1000
  const cores = {
    gateway: (interactions * costs.interactionMs) / 1000,
    // One of those that poll puts articles into stories and summarises them as well.
    poll:
      placingShare +
      summarising +
      (perSecond.polls * pollMs + perSecond.articles * (costs.articleAnalysedMs + costs.articleHeldMs)) /
        1000,
    publish: (perSecond.editions * costs.editionMs + perSecond.posts * costs.deliveryMs) / 1000,
    web: (pages * costs.pageMs) / 1000,
  }
  const shards = Math.ceil(guilds / platform.guildsPerShard)
  const viewDays = platform.placingView / articlesPerDay
  const processes: Processes = {
    gateway: Math.max(
      needed(cores.gateway, platform.coreShare),
      Math.ceil((guilds * costs.shardGuildBytes) / platform.processBytes),
    ),
    poll: needed(cores.poll, platform.coreShare),
    publish: needed(cores.publish, platform.coreShare),
    web: needed(cores.web, platform.coreShare),
  }
  const commits =
    perSecond.posts * costs.deliveryCommits +
    perSecond.articles * costs.articleCommits +
    perSecond.polls * costs.pollCommits
  const databaseCores =
    (perSecond.polls * costs.serverPollMs +
      perSecond.articles * costs.serverArticleMs +
      perSecond.editions * costs.serverEditionMs +
      perSecond.posts * costs.serverDeliveryMs +
      interactions * costs.serverInteractionMs +
      pages * costs.serverPageMs) /
    1000
  const databaseBytes =
    articlesPerDay * habits.heldDays * costs.articleBytes +
    postsPerDay * habits.heldDays * costs.deliveryBytes
  // As much again while articles are restored.
  const wideView = 2 * articlesPerDay * habits.storyDays * costs.viewArticleBytes
  const limits: readonly { readonly name: LimitName; readonly share: number }[] = [
    { name: 'posts', share: postingMs / platform.lateAfterMs },
    { name: 'placing', share: placingShare / platform.coreShare },
    { name: 'commits', share: commits / costs.commitsPerSecond },
    { name: 'view', share: habits.storyDays / viewDays },
    { name: 'memory', share: wideView / platform.processBytes },
    { name: 'database', share: databaseCores / (platform.databaseCores * platform.coreShare) },
    { name: 'disk', share: databaseBytes / platform.databaseBytes },
  ]
  return {
    subscriptions,
    guilds,
    sources,
    articlesPerDay,
    postsAtOnce,
    postingMs,
    pollsPerSecond: perSecond.polls,
    interactionsPerSecond: interactions,
    commitsPerSecond: commits,
    placingShare,
    databaseBytes,
    databaseCores,
    viewDays,
    cores: Object.values(cores).reduce((sum, each) => sum + each, 0),
    shards,
    processes,
    limits: limits.toSorted((a, b) => b.share - a.share),
  }
}

function needed(cores: number, share: number): number {
  return Math.max(1, Math.ceil(cores / share))
}

export interface Breaking {
  readonly name: LimitName
  /** The largest number of subscriptions at which it holds. */
  readonly subscriptions: number
  /** What the installation is at that size. */
  readonly forecast: Forecast
}

const limitNames = ['posts', 'placing', 'view', 'memory', 'commits', 'database', 'disk'] as const

/** In steps that halve: at what size each limit is reached, the first one first. */
export function breakings(costs: Costs, habits: Habits, platform: Platform): readonly Breaking[] {
  return limitNames
    .map((name) => {
      const subscriptions = largest((size) => {
        const { limits } = forecast(size, costs, habits, platform)
        return (limits.find((limit) => limit.name === name)?.share ?? 0) <= 1
      })
      return { name, subscriptions, forecast: forecast(subscriptions, costs, habits, platform) }
    })
    .toSorted((a, b) => a.subscriptions - b.subscriptions)
}

/** The largest size that holds where all smaller ones do, to a thousandth. */
function largest(holds: (size: number) => boolean): number {
  let low = 1
  let high = 1e9
  while (high - low > Math.max(1, low / 1000)) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) low = middle
    else high = middle
  }
  return low
}

export interface Burst {
  /** When the last post stood, in ms after the minute. */
  readonly lastMs: number
  readonly medianMs: number
  /** The share that stood within the time after which a post is late. */
  readonly onTime: number
}

/**
 * So many posts that are due evenly over `spreadMs`: Discord takes so many a second, the rest waits, whoever was due first goes first. A post
 * is on time where it stands within `lateAfterMs` of its own minute.
 */
export function simulateBurst(posts: number, spreadMs: number, platform: Platform): Burst {
  const dueMs = (post: number): number => (post / posts) * spreadMs
  let posted = 0
  let medianMs = 0
  let onTime = 0
  let nowMs = 0
  while (posted < posts) {
    nowMs += 1000
    const come = spreadMs === 0 ? posts : Math.min(posts, Math.floor((posts * nowMs) / spreadMs))
    const until = Math.min(come, posted + platform.postsPerSecond)
    if (posted < posts / 2 && until >= posts / 2) medianMs = nowMs
    if (nowMs - dueMs(posted) <= platform.lateAfterMs) onTime += until - posted
    posted = until
  }
  return { lastMs: nowMs, medianMs, onTime: onTime / Math.max(1, posts) }
}

export const sizes = [100, 1000, 10_000, 100_000, 1_000_000] as const

export const habits: Habits = {
  subscriptionsPerGuild: 5,
  subscriptionsPerDigest: 20,
  sourcesPerDigest: 20,
  digestsPerSource: 10,
  pollsPerSourceDay: 48,
  unchangedShare: 0.7,
  articlesPerSourceDay: 12,
  storiesPerArticle: 0.5,
  postsPerSubscriptionDay: 1.2,
  sameMinuteShare: 0.25,
  interactionsPerGuildDay: 10,
  peak: 4,
  pagesPerGuildDay: 5,
  heldDays: 90,
  storyDays: 2,
}

export const platform: Platform = {
  postsPerSecond: 50,
  guildsPerShard: 1000,
  processBytes: 2e9,
  databaseCores: 4,
  databaseBytes: 1e12,
  placingView: 60_000,
  coreShare: 0.6,
  lateAfterMs: dayMs / 48,
}

/** Where each comes from stands in `scale-tables.ts`, and so in `docs/scale.md`. */
export const costs: Costs = {
  pollUnchangedMs: 0.85,
  pollChangedMs: 39,
  articleAnalysedMs: 13,
  articleHeldMs: 5.7,
  articlePlacedMs: 6.1,
  storySummarisedMs: 8.4,
  editionMs: 195,
  deliveryMs: 8.6,
  interactionMs: 2.1,
  pageMs: 1.5,
  serverPollMs: 7.6,
  serverArticleMs: 8,
  serverEditionMs: 43,
  serverDeliveryMs: 4.3,
  serverInteractionMs: 1.2,
  serverPageMs: 0.77,
  pollCommits: 2,
  deliveryCommits: 3,
  articleCommits: 3,
  commitsPerSecond: 1300,
  articleBytes: 9700,
  deliveryBytes: 430,
  shardGuildBytes: 51_000,
  viewArticleBytes: 6900,
}
