/**
 * The web side, where a port is set: it reads what is published, and tells how the bot is doing. Its libraries are loaded only then, and
 * only then is anything counted. It listens before anything else begins, so that health can be asked about from the first second.
 */
import type { Instant } from '../article/article.ts'
import { counted } from './counting.ts'
import type { Ground } from './ground.ts'

export interface Watching {
  /** What the other parts stand on: the same, with an eye on what happens there. */
  readonly ground: Ground
  /** Hands over how one tells whether Discord is connected. */
  readonly connected: (isUp: () => boolean) => void
}

export async function startWatching(ground: Ground): Promise<Watching> {
  const { options, now, storage, pool, log, closing } = ground
  const { webPort } = options
  if (webPort === undefined) return { ground, connected: () => undefined }
  const [{ startWeb }, { createMetrics }] = await Promise.all([
    import('../web/server.ts'),
    import('../web/prometheus.ts'),
  ])
  let isGatewayUp = () => false
  let lastTick: Instant | undefined
  const metrics = createMetrics()
  const web = await startWeb({
    host: options.webHost ?? '127.0.0.1',
    port: webPort,
    publicUrl: options.publicUrl,
    archive: storage.archive,
    search: storage.search.find,
    figures: storage.figures,
    drawCard: (card) => pool.run('drawCard', card),
    vitals: {
      now,
      startedAt: now(),
      askStorage: () => storage.findNote('zone-rules'),
      isGatewayUp: () => isGatewayUp(),
      lastTick: () => lastTick,
    },
    metrics,
    log,
  })
  closing(web.close)
  const onTick = (at: Instant): void => {
    lastTick = at
    options.onTick?.(at)
  }
  return {
    ground: {
      ...ground,
      storage: counted(storage, metrics),
      options: { ...options, onTick, onAnswered: metrics.answered },
    },
    connected: (isUp) => {
      isGatewayUp = isUp
    },
  }
}
