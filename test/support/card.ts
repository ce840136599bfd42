/** An answer that changes in place, as one person follows it: buttons, menus and forms by the verb in their custom id. */
import assert from 'node:assert/strict'
import type {
  Answer,
  CommandCall,
  MemberHands,
  OptionValue,
  StoredMessage,
} from '../../src/rehearsal/standin/types.ts'
import { customIdsOf, messageOf, textOf } from './bot.ts'

export interface Card {
  /** Everything that can be read on it now, with ordinary spaces. */
  readonly text: () => string
  /** The verbs of what can be pressed or chosen now. */
  readonly verbs: () => readonly string[]
  /** Whether a button or menu of that verb is there and asleep. */
  readonly isAsleep: (verb: string) => boolean
  /** What a menu offers, and what stands. */
  readonly offered: (verb: string) => {
    readonly labels: readonly string[]
    readonly values: readonly string[]
    readonly chosen: readonly string[]
  }
  readonly press: (verb: string) => Promise<Card>
  readonly choose: (verb: string, ...values: readonly string[]) => Promise<Card>
  /** Opens a form and sends it; what is not named stays as it stands there. Gives what stood in it. */
  readonly fill: (
    verb: string,
    fields: Readonly<Record<string, string>>,
  ) => Promise<{ readonly stood: Readonly<Record<string, string>> }>
  /** The first answer, or the last change. */
  readonly message: () => StoredMessage
}

/** Calls a command whose answer is a card. */
export async function callCard(
  hands: MemberHands,
  channelId: string,
  name: string,
  options: Readonly<Record<string, OptionValue>> = {},
  call: CommandCall = {},
): Promise<Card> {
  const answer = await hands.command(channelId, name, options, call)
  assert.ok(answer.kind === 'message' && answer.ephemeral, JSON.stringify(answer))
  return followCard(hands, channelId, answer.message)
}

export function followCard(hands: MemberHands, channelId: string, first: StoredMessage): Card {
  let message = first
  const idOf = (verb: string): string =>
    customIdsOf(message).find((id) => id === `1:${verb}` || id.startsWith(`1:${verb}:`)) ??
    assert.fail(`nothing to ${verb} on: ${textOf(message)}`)
  const changed = (answer: Answer): Card => {
    assert.equal(answer.kind, 'update', JSON.stringify(answer))
    message = messageOf(answer)
    return card
  }
  const card: Card = {
    text: () => readable(textOf(message)),
    verbs: () => customIdsOf(message).map((id) => id.split(':')[1] ?? ''),
    isAsleep: (verb) => piece(message, idOf(verb)).disabled === true,
    offered: (verb) => {
      const options = piece(message, idOf(verb)).options ?? []
      return {
        labels: options.map(({ label }) => readable(label)),
        values: options.map(({ value }) => value),
        chosen: options.filter((option) => option.default === true).map(({ value }) => value),
      }
    },
    press: async (verb) => changed(await hands.click(channelId, message.wire.id, idOf(verb))),
    choose: async (verb, ...values) =>
      changed(await hands.select(channelId, message.wire.id, idOf(verb), values)),
    fill: async (verb, fields) => {
      const opened = await hands.click(channelId, message.wire.id, idOf(verb))
      assert.ok(opened.kind === 'modal', JSON.stringify(opened))
      const stood: Record<string, string> = {}
      for (const part of opened.modal.components) {
        if (part.type !== 18) continue
        const { component } = part
        if (component.type === 4) stood[component.custom_id] = readable(component.value ?? '')
        else
          stood[component.custom_id] = component.options?.find((each) => each.default === true)?.value ?? ''
      }
      const standing = Object.entries(stood).filter(([, value]) => value !== '')
      const given = { ...Object.fromEntries(standing), ...fields }
      changed(await hands.submitModal(opened.modal.custom_id, given))
      return { stood }
    },
    message: () => message,
  }
  return card
}

interface Piece {
  readonly disabled?: boolean
  readonly options?: readonly {
    readonly label: string
    readonly value: string
    readonly default?: boolean
  }[]
}

function piece(message: StoredMessage, customId: string): Piece {
  let found: Piece | undefined
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if ('custom_id' in value && value.custom_id === customId) found = JSON.parse(JSON.stringify(value))
    for (const each of Object.values(value)) visit(each)
  }
  visit(message.wire.components)
  return found ?? assert.fail(`no ${customId}`)
}

/** Intl writes spaces that are not ordinary ones. */
export function readable(text: string): string {
  return text.replace(/[\u00a0\u202f\u2009]/g, ' ')
}
