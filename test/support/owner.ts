/** A server's owner at the real bot: commands for owners, each long enough after the one before, and hosts that the bot may read. */
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { OptionValue } from '../../src/rehearsal/standin/types.ts'
import { openTestBot, ownerId, type TestBot } from './bot.ts'
import { type Card, callCard } from './card.ts'
import { type Host, type HostAnswers, openHost } from './host.ts'

type Given = Readonly<Record<string, OptionValue>>

export interface Owner {
  readonly bot: TestBot
  readonly host: Host
  readonly guildId: string
  /** `call('feed add', { address }, 'de')`; in English unless told. */
  readonly call: (command: string, options?: Given, locale?: string) => Promise<Card>
  /** Moves the clock on. */
  readonly later: (minutes: number) => void
  /** What an option offers for what was typed, by the names. */
  readonly offered: (command: string, option: string, typed: string) => Promise<ReadonlyMap<string, string>>
}

/** The bot has started; `answers` are those of a host on loopback. */
export async function openOwner(t: TestContext, answers: HostAnswers): Promise<Owner> {
  const host = await openHost(t, answers)
  const bot = await openTestBot(t, {}, ['127.0.0.1'])
  await bot.start()
  const guildId = bot.discord.world.guilds()[0]?.id ?? assert.fail('no server')
  const later = (minutes: number) => bot.clock.moveTo(bot.clock.now() + minutes * 60_000)
  return {
    bot,
    host,
    guildId,
    later,
    call: (command, options = {}, locale = 'en-GB') => {
      later(0.25)
      const [name = '', subcommand] = command.split(' ')
      const hands = bot.discord.member(ownerId, { guildId, locale })
      return callCard(hands, bot.channelId, name, options, subcommand === undefined ? {} : { subcommand })
    },
    offered: async (command, option, typed) => {
      const [name = '', subcommand = ''] = command.split(' ')
      const answer = await bot.owner.autocomplete(bot.channelId, name, { [option]: typed }, option, {
        subcommand,
      })
      assert.ok(answer.kind === 'choices', JSON.stringify(answer))
      return new Map(answer.choices.map((choice) => [choice.name, String(choice.value)]))
    },
  }
}
