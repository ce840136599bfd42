/** An article, or the story it is in: its address, words of it, or a headline chosen from the list that opens as one types. */
import { ApplicationCommandOptionType } from 'discord-api-types/v10'
import type { OptionKind } from './option.ts'
import { storyOption } from './story.ts'

export const articleOption: OptionKind<string> = {
  registered: { type: ApplicationCommandOptionType.String, max_length: 1000 },
  read: async (given, name) => given.getString(name)?.trim() || undefined,
  ...(storyOption.suggest === undefined ? {} : { suggest: storyOption.suggest }),
}
