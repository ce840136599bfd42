/**
 * Turns what becomes of an interaction into the answer a person would speak of: a deferred answer counts when it is
 * filled, and none at all counts when Discord's deadline has passed.
 */
import type { Deadlines, InteractionEvent } from './interactions.ts'
import type { Answer, Snowflake, StoredMessage } from './types.ts'

export interface AnswerWaiting {
  readonly answer: Promise<Answer>
  hear(event: InteractionEvent): void
  /** The interaction is on its way: the clock runs. */
  start(interaction: { readonly id: Snowflake; readonly token: string }): void
}

/** `waiting` collects the ways to end what waits, for the day the stand-in closes. */
export function awaitAnswer(
  deadlines: Deadlines,
  patienceMs: number,
  waiting: Set<() => void>,
): AnswerWaiting {
  const { promise, resolve } = Promise.withResolvers<Answer>()
  const later = createQueue(waiting)
  let identity = { id: '', token: '' }
  let startedAt = 0
  let ackMs: number | undefined
  let isDeferred = false
  let isSettled = false
  let timer: NodeJS.Timeout | undefined
  const settle = (answer: Answer): void => {
    if (isSettled) return
    isSettled = true
    clearTimeout(timer)
    waiting.delete(end)
    resolve(answer)
  }
  const fail = (by: 'deadline' | 'unfinished' | 'closed', reason: string): void =>
    settle({
      kind: 'failed',
      by,
      reason,
      interactionId: identity.id,
      ...(ackMs === undefined ? {} : { ackMs }),
    })
  const end = (): void => fail('closed', 'The stand-in closed before an answer came.')
  const common = () => ({
    interactionId: identity.id,
    token: identity.token,
    ackMs: ackMs ?? 0,
    next: later.take,
  })
  return {
    answer: promise,
    start(interaction) {
      identity = interaction
      startedAt = performance.now()
      waiting.add(end)
      const { firstResponseMs } = deadlines
      timer = setTimeout(
        () => fail('deadline', `The application did not respond within ${firstResponseMs} ms.`),
        firstResponseMs,
      )
    },
    hear(event) {
      ackMs ??= performance.now() - startedAt
      if (isSettled) {
        if ('message' in event && event.message !== undefined) later.put(event.message)
        return
      }
      const answer = answerOf(event, isDeferred)
      if (answer !== undefined) {
        settle({ ...answer, ...common() })
        return
      }
      isDeferred = true
      clearTimeout(timer)
      timer = setTimeout(() => fail('unfinished', 'The answer was deferred and never filled.'), patienceMs)
    },
  }
}

type Unstamped = Answer extends infer One
  ? One extends { token: string }
    ? Omit<One, 'interactionId' | 'token' | 'ackMs' | 'next'>
    : never
  : never

/** Undefined while the answer is only promised. */
function answerOf(event: InteractionEvent, wasDeferred: boolean): Unstamped | undefined {
  switch (event.kind) {
    case 'message':
    case 'filled':
    case 'followed': {
      const { message } = event
      return {
        kind: 'message',
        message,
        ephemeral: message.ephemeralFor !== undefined,
        deferred: wasDeferred,
      }
    }
    case 'update':
    case 'edited':
      return { kind: 'update', message: event.message, deferred: wasDeferred }
    case 'modal':
      return { kind: 'modal', modal: event.modal }
    case 'choices':
      return { kind: 'choices', choices: event.choices }
    case 'deferred':
    case 'deferred-update':
      return undefined
  }
}

interface Queue {
  put(message: StoredMessage): void
  take(timeoutMs?: number): Promise<StoredMessage>
}

function createQueue(waiting: Set<() => void>): Queue {
  const ready: StoredMessage[] = []
  const takers: ((message: StoredMessage) => void)[] = []
  return {
    put(message) {
      const taker = takers.shift()
      if (taker === undefined) ready.push(message)
      else taker(message)
    },
    take(timeoutMs = 5000) {
      const message = ready.shift()
      if (message !== undefined) return Promise.resolve(message)
      return new Promise((resolve, reject) => {
        const settle = (act: () => void): void => {
          clearTimeout(timer)
          waiting.delete(end)
          act()
        }
        const taker = (one: StoredMessage): void => settle(() => resolve(one))
        const giveUp = (reason: string): void => {
          takers.splice(takers.indexOf(taker), 1)
          settle(() => reject(new Error(reason)))
        }
        const end = (): void => giveUp('The stand-in closed before a follow-up came.')
        const timer = setTimeout(() => giveUp(`No follow-up or edit came within ${timeoutMs} ms.`), timeoutMs)
        takers.push(taker)
        waiting.add(end)
      })
    },
  }
}
