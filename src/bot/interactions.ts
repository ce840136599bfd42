/** Interactions that Discord delivers to the web side, where the key to check them by is set. */
import type { AnswerSigned } from '../digest/signed-request.ts'
import type { Ports } from '../discord/context.ts'
import type { HttpInteractionsOptions } from '../discord/http-interactions.ts'
import type { Ground } from './ground.ts'
import type { BotOptions } from './options.ts'
import { processRoles, tokenOf } from './roles.ts'

export interface InteractionParts extends Pick<HttpInteractionsOptions, 'limits' | 'inTurn'> {
  readonly ports: Ports
  readonly sending: Pick<HttpInteractionsOptions, 'account' | 'known'>
}

/** Whether this process takes interactions by HTTP. */
export function takesInteractions({ publicKey, webPort, roles = processRoles }: BotOptions): boolean {
  return publicKey !== undefined && webPort !== undefined && roles.includes('web')
}

/** Undefined where Discord delivers none here. discord.js is asked for no gateway. */
export async function startInteractions(
  { options, now, log, storage, closing }: Ground,
  { ports, limits, sending, inTurn }: InteractionParts,
): Promise<AnswerSigned | undefined> {
  const { publicKey } = options
  if (publicKey === undefined || !takesInteractions(options)) return undefined
  const { openHttpInteractions } = await import('../discord/http-interactions.ts')
  const interactions = await openHttpInteractions({
    ...ports,
    token: tokenOf(options),
    publicKey,
    apiUrl: options.discordApiUrl,
    limits,
    account: sending.account,
    known: sending.known,
    notes: { find: storage.findNote, set: storage.setNote },
    now,
    log,
    onAnswered: options.onAnswered,
    requestTimeoutMs: options.requestTimeoutMs,
    inTurn,
  })
  closing(interactions.close)
  log.info('interactions.listening')
  return interactions.answer
}
