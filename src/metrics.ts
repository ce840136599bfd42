/**
 * Every metric there is, and the port through which the parts count. The list is the truth: what is not in it cannot be counted, and
 * the documentation is tested against it. Labels have the fixed values written here: no server, no person, no address is ever one.
 */

export interface Metric {
  readonly name: string
  readonly kind: 'counter' | 'gauge' | 'histogram'
  readonly help: string
  readonly label?: { readonly name: string; readonly values: readonly string[] }
  /** Upper bounds of a histogram, in the unit of its name. */
  readonly buckets?: readonly number[]
}

export const pollOutcomes = ['read', 'failed'] as const
export const articleChanges = ['new', 'changed'] as const
export const deliveryOutcomes = ['sent', 'uncertain', 'skipped', 'failed', 'postponed'] as const
export const interactionKinds = ['command', 'component', 'form', 'suggestion'] as const
export const pageKinds = [
  'page',
  'feed',
  'card',
  'health',
  'interaction',
  'refused',
  'missing',
  'busy',
  'failed',
] as const

export const metricList = [
  {
    name: 'depesche_polls_total',
    kind: 'counter',
    help: 'Readings of sources over the network, by how they went.',
    label: { name: 'outcome', values: pollOutcomes },
  },
  {
    name: 'depesche_articles_total',
    kind: 'counter',
    help: 'Articles taken in, new ones and ones whose text changed.',
    label: { name: 'change', values: articleChanges },
  },
  { name: 'depesche_editions_total', kind: 'counter', help: 'Editions composed.' },
  {
    name: 'depesche_deliveries_total',
    kind: 'counter',
    help: 'Deliveries by how they went; a postponed one is counted again when it ends.',
    label: { name: 'outcome', values: deliveryOutcomes },
  },
  {
    name: 'depesche_interaction_seconds',
    kind: 'histogram',
    help: 'From the arrival of an interaction until its answer stands at Discord.',
    label: { name: 'kind', values: interactionKinds },
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10],
  },
  {
    name: 'depesche_web_answers_total',
    kind: 'counter',
    help: 'Answers of the web side, by what was answered.',
    label: { name: 'kind', values: pageKinds },
  },
  { name: 'depesche_held_articles', kind: 'gauge', help: 'Articles held.' },
  { name: 'depesche_held_stories', kind: 'gauge', help: 'Stories held.' },
  { name: 'depesche_held_editions', kind: 'gauge', help: 'Editions held.' },
  { name: 'depesche_subscriptions', kind: 'gauge', help: 'Digests posted to places.' },
  {
    name: 'depesche_oldest_due_delivery_seconds',
    kind: 'gauge',
    help: 'How long the oldest delivery that has come due has waited for its end; 0 where none waits.',
  },
  {
    name: 'depesche_oldest_due_source_seconds',
    kind: 'gauge',
    help: 'How long the source that waits longest is due; 0 where none waits.',
  },
  {
    name: 'depesche_last_tick_seconds',
    kind: 'gauge',
    help: 'Since the clock last said that time has passed; it does every minute. Only of processes that publish.',
  },
  {
    name: 'depesche_gateway_up',
    kind: 'gauge',
    help: '1 while Discord is connected, else 0. Only of processes with the gateway.',
  },
  { name: 'process_resident_memory_bytes', kind: 'gauge', help: 'Memory of the process.' },
  {
    name: 'process_cpu_seconds_total',
    kind: 'counter',
    help: 'Processor time of the process, user and system.',
  },
  {
    name: 'process_start_time_seconds',
    kind: 'gauge',
    help: 'When the process began, in seconds since 1970.',
  },
  {
    name: 'nodejs_eventloop_utilization',
    kind: 'gauge',
    help: 'The part of the time since the last look during which the main thread was busy, 0 to 1.',
  },
] as const satisfies readonly Metric[]

export type MetricName = (typeof metricList)[number]['name']

/** What the parts of the bot tell as it happens. Plain functions: whoever calls them knows nothing of metrics. */
export interface Counting {
  readonly polled: (outcome: (typeof pollOutcomes)[number]) => void
  readonly taken: (change: (typeof articleChanges)[number]) => void
  readonly composed: () => void
  readonly delivered: (outcome: (typeof deliveryOutcomes)[number]) => void
  readonly answered: (kind: (typeof interactionKinds)[number], seconds: number) => void
  readonly served: (kind: (typeof pageKinds)[number]) => void
}

/** What is looked at when somebody asks. */
export interface Gauges {
  readonly articles: number
  readonly stories: number
  readonly editions: number
  readonly subscriptions: number
  readonly oldestDueDeliverySeconds: number
  readonly oldestDueSourceSeconds: number
  /** These two only where the process publishes, or is connected to Discord. */
  readonly lastTickSeconds?: number
  readonly gatewayUp?: boolean
}

export interface Metrics extends Counting {
  readonly contentType: string
  /** All of them in the text format of Prometheus. */
  readonly expose: (gauges: Gauges) => Promise<string>
}
