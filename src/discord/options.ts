/** Options of an interaction → values, and the choices offered while somebody types. */
import {
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  PermissionFlagsBits,
} from 'discord.js'
import type { StoryId } from '../article/article.ts'
import type { DigestId } from '../digest/definition.ts'
import type { ChannelId, GuildId, Subscriptions } from '../digest/ledger.ts'
import type { Library } from '../digest/library.ts'
import { UserError } from '../errors.ts'
import type { OptionReaders } from './commands/command.ts'
import { foreign, label } from './views/foreign.ts'
import { limits } from './views/limits.ts'

const needed = ['ViewChannel', 'SendMessages'] as const

export function optionReaders(interaction: ChatInputCommandInteraction, library: Library): OptionReaders {
  return {
    text: async (name: string) => interaction.options.getString(name) ?? undefined,
    story: async (name: string) => {
      const typed = interaction.options.getString(name)
      return typed === null ? undefined : await storyTyped(typed, library)
    },
    digest: async (name: string) => {
      const typed = interaction.options.getString(name)
      return typed === null ? undefined : await digestTyped(typed, library)
    },
    channel: async (name: string) => {
      const channel = interaction.options.getChannel(name)
      if (channel === null) return undefined
      const own = 'permissionsFor' in channel && interaction.guild?.members.me
      const granted = own ? channel.permissionsFor(own) : undefined
      const missing =
        granted === undefined ? [] : needed.filter((each) => !granted.has(PermissionFlagsBits[each]))
      return { id: channel.id as ChannelId, missing }
    },
  }
}

/** An id from the list, or words that lead to exactly one headline or to one that matches as it was typed. */
async function storyTyped(typed: string, library: Library) {
  const byId = await library.findStory(typed as StoryId)
  if (byId !== undefined) return byId
  const lines = await library.findHeadlines({ words: typed, limit: 2 })
  const [only] = lines
  const byWords = only !== undefined && lines.length === 1 ? await library.findStory(only.storyId) : undefined
  if (byWords !== undefined) return byWords
  throw new UserError('story-unknown', `I know no story called "${typed}".`, { typed: foreign(typed, 100) })
}

async function digestTyped(typed: string, library: Library) {
  const found =
    (await library.findDigest(typed as DigestId)) ??
    (await library.digests()).find((digest) => digest.title.toLowerCase() === typed.trim().toLowerCase())
  if (found !== undefined) return found
  throw new UserError('digest-unknown', `I know no digest called "${typed}".`, { typed: foreign(typed, 100) })
}

/** At most 25 choices for what has been typed so far. */
export async function choices(
  interaction: AutocompleteInteraction,
  library: Library,
  subscriptions: Subscriptions,
): Promise<readonly { name: string; value: string }[]> {
  const { name, value } = interaction.options.getFocused(true)
  if (name === 'digest') {
    const typed = value.trim().toLowerCase()
    const digests = await library.digests()
    return digests
      .filter((digest) => digest.title.toLowerCase().includes(typed))
      .slice(0, limits.choices)
      .map((digest) => ({ name: label(digest.title, limits.choiceName), value: digest.id }))
  }
  const posted =
    interaction.guildId === null ? [] : await subscriptions.ofGuild(interaction.guildId as GuildId)
  const digestIds = [...new Set(posted.map((each) => each.digestId))]
  const lines = await library.findHeadlines({
    ...(digestIds.length === 0 ? {} : { digestIds }),
    words: value,
    limit: limits.choices,
  })
  return lines.map((line) => ({ name: label(line.headline, limits.choiceName), value: line.storyId }))
}
