/** The metrics of the list, as Prometheus reads them. The only home of prom-client. */
import { performance } from 'node:perf_hooks'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { type Gauges, type Metric, type MetricName, type Metrics, metricList } from '../metrics.ts'

export function createMetrics(): Metrics {
  const registry = new Registry()
  const counters = new Map<string, Counter>()
  const gauges = new Map<string, Gauge>()
  const histograms = new Map<string, Histogram>()
  const metrics: readonly Metric[] = metricList
  for (const metric of metrics) {
    const { name, kind, help, label } = metric
    const settings = {
      name,
      help,
      labelNames: label === undefined ? [] : [label.name],
      registers: [registry],
    }
    if (kind === 'counter') counters.set(name, startedAtZero(new Counter(settings), metric))
    else if (kind === 'gauge') gauges.set(name, new Gauge(settings))
    else histograms.set(name, new Histogram({ ...settings, buckets: [...(metric.buckets ?? [])] }))
  }
  const count = (name: MetricName, labels: Readonly<Record<string, string>> = {}, by = 1): void =>
    counters.get(name)?.inc(labels, by)
  /** What is not this process's to tell is left out. */
  const set = (name: MetricName, value: number | undefined): void =>
    value === undefined ? gauges.get(name)?.remove() : gauges.get(name)?.set(value)
  let busy = performance.eventLoopUtilization()
  let processorSeconds = 0

  const look = (seen: Gauges): void => {
    set('depesche_held_articles', seen.articles)
    set('depesche_held_stories', seen.stories)
    set('depesche_held_editions', seen.editions)
    set('depesche_subscriptions', seen.subscriptions)
    set('depesche_oldest_due_delivery_seconds', seen.oldestDueDeliverySeconds)
    set('depesche_oldest_due_source_seconds', seen.oldestDueSourceSeconds)
    set('depesche_last_tick_seconds', seen.lastTickSeconds)
    set('depesche_gateway_up', seen.gatewayUp === undefined ? undefined : Number(seen.gatewayUp))
    set('process_resident_memory_bytes', process.memoryUsage.rss())
    set('process_start_time_seconds', Math.round(performance.timeOrigin / 1000))
    const { user, system } = process.cpuUsage()
    const seconds = (user + system) / 1e6
    count('process_cpu_seconds_total', {}, seconds - processorSeconds)
    processorSeconds = seconds
    const now = performance.eventLoopUtilization()
    set('nodejs_eventloop_utilization', performance.eventLoopUtilization(now, busy).utilization)
    busy = now
  }

  return {
    polled: (outcome) => count('depesche_polls_total', { outcome }),
    taken: (change) => count('depesche_articles_total', { change }),
    composed: () => count('depesche_editions_total'),
    delivered: (outcome) => count('depesche_deliveries_total', { outcome }),
    answered: (kind, seconds) => histograms.get('depesche_interaction_seconds')?.observe({ kind }, seconds),
    served: (kind) => count('depesche_web_answers_total', { kind }),
    contentType: registry.contentType,
    expose: (seen) => {
      look(seen)
      return registry.metrics()
    },
  }
}

/** A counter is there from the beginning, so that its first event is seen as one. */
function startedAtZero(counter: Counter, { label }: Metric): Counter {
  if (label === undefined) counter.inc(0)
  for (const value of label?.values ?? []) counter.inc({ [label?.name ?? '']: value }, 0)
  return counter
}
