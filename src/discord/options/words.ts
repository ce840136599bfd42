/** Words to look for, as a custom id can hold them: on one line, and without colons, which say nothing in a search. */
import { ApplicationCommandOptionType } from 'discord-api-types/v10'
import { mostSearchCharacters } from '../custom-id.ts'
import { cutIndex } from '../views/foreign.ts'
import type { OptionKind } from './option.ts'

export const wordsOption: OptionKind<string> = {
  registered: { type: ApplicationCommandOptionType.String, max_length: mostSearchCharacters },
  read: async (given, name) => {
    const typed = given.getString(name)
    return typed === null ? undefined : searchLine(typed)
  },
}

/** Never empty: what holds no word at all finds nothing. */
export function searchLine(typed: string): string {
  const line = typed
    .toWellFormed()
    .replace(/[:\p{C}\s]+/gu, ' ')
    .trim()
  return line.slice(0, cutIndex(line, mostSearchCharacters)).trim() || '…'
}
