/** Where Discord delivers interactions, if it is to: carried to the side that judges them, whole and unread. */
import type { SignedAnswer } from '../digest/signed-request.ts'
import { type Answer, neverKept } from './answer.ts'

export const interactionsPath = '/interactions'

/** An interaction carries the message it is about; the largest that Discord lets anybody write comes to a third of this. */
export const mostInteractionBytes = 262_144

const jsonType = 'application/json; charset=utf-8'

export function interactionAnswer({ status, json }: SignedAnswer): Answer {
  return {
    status,
    kind: 'interaction',
    type: jsonType,
    body: json ?? '',
    cache: neverKept,
    ...(status === 503 ? { retryAfter: 1 } : {}),
  }
}

/** What could not be read; Discord is told no more than that. */
export function unreadAnswer(status: number): Answer {
  return { status, kind: 'refused', type: jsonType, body: '', cache: neverKept }
}
