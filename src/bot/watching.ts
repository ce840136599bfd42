/**
 * The web side, where a port is set: it reads what is published, where that is this process's work, and tells how the process is doing. Its
 * libraries are loaded only then, and only then is anything counted. It listens before anything else begins, so that health can be asked about from the first second.
 */
import type { Instant } from '../article/article.ts'
import type { AnswerSigned } from '../digest/signed-request.ts'
import { counted } from './counting.ts'
import type { Ground } from './ground.ts'
import { takesInteractions } from './interactions.ts'
import { processRoles } from './roles.ts'

export interface Watching {
  /** What the other parts stand on: the same, with an eye on what happens there. */
  readonly ground: Ground
  /** Hands over how one tells whether Discord is connected. */
  readonly connected: (isUp: () => boolean) => void
  /** Hands over who answers the interactions that Discord delivers by HTTP; until then it is asked to come again. */
  readonly interactions: (answer: AnswerSigned) => void
}

const notYet: AnswerSigned = async () => ({ status: 503 })

export async function startWatching(ground: Ground): Promise<Watching> {
  const { options, now, storage, hasRoom, pool, log, closing } = ground
  const { webPort, roles = processRoles } = options
  if (webPort === undefined) return { ground, connected: () => undefined, interactions: () => undefined }
  const [{ startWeb }, { createMetrics }] = await Promise.all([
    import('../web/server.ts'),
    import('../web/prometheus.ts'),
  ])
  let isGatewayUp = () => false
  let lastTick: Instant | undefined
  let answerInteraction = notYet
  const metrics = createMetrics()
  const web = await startWeb({
    host: options.webHost ?? '127.0.0.1',
    port: webPort,
    publicUrl: options.publicUrl,
    metricsToken: options.metricsToken,
    hasPages: roles.includes('web'),
    archive: storage.archive,
    search: storage.search.find,
    figures: storage.figures,
    drawCard: (card) => pool.run('drawCard', card),
    vitals: {
      now,
      startedAt: now(),
      askStorage: () => storage.findNote('zone-rules'),
      hasRoom,
      ...(takesInteractions(options) ? { isAnswering: () => answerInteraction !== notYet } : {}),
      ...(roles.includes('gateway') ? { isGatewayUp: () => isGatewayUp() } : {}),
      ...(roles.includes('publish') ? { lastTick: () => lastTick } : {}),
    },
    ...(takesInteractions(options) ? { interactions: (request) => answerInteraction(request) } : {}),
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
    interactions: (answer) => {
      answerInteraction = answer
    },
  }
}
