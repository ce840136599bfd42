/**
 * The visitor's hands: an action of the page → a member's interaction → what came of it.
 *
 * A deferred answer may take minutes. An action is told "done" once Discord's first deadline is past; if it fails
 * later, that is told separately.
 */
import { messageOf } from '../errors.ts'
import type { ActionReply, PageAction, PageLocale } from './page-protocol.ts'
import type { Answer, Channel, MemberHands, StandIn, WorldChange } from './standin/types.ts'

export type Interaction = Exclude<
  PageAction,
  { kind: 'fault' | 'channel-fault' | 'say' | 'next-slot' | 'move-clock' }
>

export interface PageHands {
  of(user: string, locale: PageLocale, channel: Channel): MemberHands
  /** `onLateFailure` is called when an action that was told "done" failed after all. */
  interact(
    action: Interaction,
    user: string,
    channel: Channel,
    onLateFailure: (reason: string) => void,
  ): Promise<ActionReply>
  /** Names of the commands called here, by the id of their interaction. */
  readonly commands: ReadonlyMap<string, string>
  /** Must hear every change of the world while it happens. */
  hear(change: WorldChange): void
}

const firstAnswerMs = 4000

export function createPageHands(standIn: StandIn): PageHands {
  const of = handsCache(standIn)
  const commands = new Map<string, string>()
  /** The command that is being sent in this very turn. */
  let calling: string | undefined

  /** The interaction leaves before `perform` returns, which tells whose id it is. */
  const send = (hands: MemberHands, action: Interaction): Promise<Answer> => {
    calling = action.kind === 'command' ? titleOf(action) : action.kind === 'menu' ? action.name : undefined
    try {
      return perform(hands, action)
    } finally {
      calling = undefined
    }
  }

  return {
    of,
    commands,
    hear: (change) => {
      if (change.kind === 'interaction.sent' && calling !== undefined)
        commands.set(change.interactionId, calling)
    },
    interact: async (action, user, channel, onLateFailure) => {
      const reply = send(of(user, action.locale, channel), action).then(
        replyTo,
        (error: unknown): ActionReply => failed(messageOf(error)),
      )
      const isSlow = Symbol('slow')
      const first = await Promise.race([reply, after(firstAnswerMs, isSlow)])
      if (first !== isSlow) return first
      void reply.then((late) => {
        if (late.kind === 'failed') onLateFailure(late.reason)
      })
      return { kind: 'done' }
    },
  }
}

function titleOf({ name, group, subcommand }: Extract<Interaction, { kind: 'command' }>): string {
  return [name, group, subcommand].filter((part) => part !== undefined).join(' ')
}

function after<T>(ms: number, value: T): Promise<T> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(value), ms).unref()
  })
}

/** A modal belongs to the hands that were shown it, so the same hands must submit it. */
function handsCache(standIn: StandIn): (user: string, locale: PageLocale, channel: Channel) => MemberHands {
  const cache = new Map<string, MemberHands>()
  return (user, locale, channel) => {
    const guildId = channel.guildId ?? null
    const key = `${user} ${locale} ${guildId}`
    const hands = cache.get(key) ?? standIn.member(user, { guildId, locale })
    cache.set(key, hands)
    return hands
  }
}

function perform(hands: MemberHands, action: Interaction): Promise<Answer> {
  switch (action.kind) {
    case 'command':
      return hands.command(action.channelId, action.name, action.options, callOf(action))
    case 'autocomplete':
      return hands.autocomplete(action.channelId, action.name, action.options, action.focused, callOf(action))
    case 'menu':
      return hands.messageCommand(action.channelId, action.name, action.messageId)
    case 'click':
      return hands.click(action.channelId, action.messageId, action.customId)
    case 'select':
      return hands.select(action.channelId, action.messageId, action.customId, action.values)
    case 'modal':
      return hands.submitModal(action.customId, action.fields)
  }
}

function callOf(action: { group?: string | undefined; subcommand?: string | undefined }) {
  return {
    ...(action.group === undefined ? {} : { group: action.group }),
    ...(action.subcommand === undefined ? {} : { subcommand: action.subcommand }),
  }
}

function replyTo(answer: Answer): ActionReply {
  switch (answer.kind) {
    case 'message':
    case 'update':
      return { kind: 'done' }
    case 'modal':
      return { kind: 'modal', modal: answer.modal }
    case 'choices':
      return { kind: 'choices', choices: answer.choices }
    case 'failed':
      return { kind: 'failed', by: answer.by, reason: answer.reason }
  }
}

/** What the page itself would not do. */
export function failed(reason: string): ActionReply & { kind: 'failed' } {
  return { kind: 'failed', by: 'client', reason }
}
