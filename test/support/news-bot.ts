/** The real bot with the digests that are shipped: stories told by several outlets, in two languages, with topics. */
import assert from 'node:assert/strict'
import { cp, readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { TestContext } from 'node:test'
import type { Answer, MemberHands, StoredMessage } from '../../src/rehearsal/standin/types.ts'
import { customIdsOf, messageOf, openTestBot, type TestBot, writeSettled } from './bot.ts'
import type { TestDiscordOptions } from './standin.ts'

export const shipped = resolve(import.meta.dirname, '../../digests')

export interface NewsBotOptions {
  readonly discord?: TestDiscordOptions
  /** The only articles that are there from the start, as paths in the folder of digests; all of them unless told. */
  readonly articles?: readonly string[]
  readonly allowedHosts?: readonly string[]
}

export interface NewsBot extends TestBot {
  /** Lets some time pass, so that nobody asks too often. */
  readonly rest: (seconds?: number) => void
  /** Drops an article into the folder: one that was left out, or a new one; resolves when it was taken in. */
  readonly drop: (path: string, content?: string) => Promise<void>
  /** As the owner: posts `harbour-wire` in the channel, and lets its first slot come. */
  readonly post: () => Promise<StoredMessage>
}

/** Nothing is started yet. */
export async function openNewsBot(t: TestContext, options: NewsBotOptions = {}): Promise<NewsBot> {
  const bot = await openTestBot(t, options.discord, options.allowedHosts)
  const { digestsDir, owner, channelId, clock } = bot
  await rm(join(digestsDir, 'wire'), { recursive: true })
  const { articles } = options
  await cp(shipped, digestsDir, {
    recursive: true,
    preserveTimestamps: true,
    filter: (from) =>
      articles === undefined || !/\/articles\/./.test(from) || articles.some((path) => from.endsWith(path)),
  })
  return {
    ...bot,
    rest: (seconds = 30) => clock.moveTo(clock.now() + seconds * 1000),
    drop: async (path, content) => {
      const taken = bot.timesLogged('articles.taken')
      await writeSettled(join(digestsDir, path), content ?? (await readFile(join(shipped, path))))
      await bot.untilLogged('articles.taken', taken + 1)
    },
    post: async () => {
      const wanted = { digest: 'harbour-wire', channel: channelId, times: '07:30', zone: 'UTC' }
      const answer = await owner.command(channelId, 'digest', wanted, { subcommand: 'setup' })
      assert.equal(answer.kind, 'message', JSON.stringify(answer))
      bot.approach('2026-11-20T07:30:00Z')
      const [message] = await bot.untilPosted(1)
      await bot.untilLogged('delivery.sent')
      return message ?? assert.fail('nothing was posted')
    },
  }
}

/** The custom id of the first component of that verb in a message. */
export function idOf(message: StoredMessage, verb: string, at = 0): string {
  const ids = customIdsOf(message).filter((id) => id.split(':')[1] === verb)
  return ids[at] ?? assert.fail(`no "${verb}" among ${customIdsOf(message).join(' ')}`)
}

/** Presses the first button of that verb that can be pressed; resolves with what answered. */
export async function press(
  member: MemberHands,
  message: StoredMessage,
  verb: string,
  at = 0,
): Promise<{
  readonly kind: Answer['kind']
  readonly message: StoredMessage
  readonly isEphemeral: boolean
}> {
  return answered(await member.click(message.wire.channel_id, message.wire.id, idOf(message, verb, at)))
}

/** Chooses in the first menu of that verb: the nth of its options. */
export async function choose(member: MemberHands, message: StoredMessage, verb: string, nth = 0) {
  const value = optionsOf(message, verb)[nth]?.value ?? assert.fail(`no option ${nth}`)
  return answered(await member.select(message.wire.channel_id, message.wire.id, idOf(message, verb), [value]))
}

export interface MenuOption {
  readonly label: string
  readonly value: string
  readonly isDefault: boolean
}

/** The options of the first menu of that verb. */
export function optionsOf(message: StoredMessage, verb: string): readonly MenuOption[] {
  const found: MenuOption[] = []
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) visit(each)
    else if (typeof value === 'object' && value !== null) {
      if ('custom_id' in value && 'options' in value && Array.isArray(value.options)) {
        if (String(value.custom_id).split(':')[1] !== verb || found.length > 0) return
        for (const each of value.options)
          found.push({ label: each.label, value: each.value, isDefault: each.default === true })
      } else for (const each of Object.values(value)) visit(each)
    }
  }
  visit(message.wire.components)
  return found
}

function answered(answer: Answer) {
  const message = messageOf(answer)
  return { kind: answer.kind, message, isEphemeral: message.ephemeralFor !== undefined }
}
