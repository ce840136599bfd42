/** Options whose value is what was given: text, yes or no, a whole number, a role, a file. */
import { ApplicationCommandOptionType } from 'discord-api-types/v10'
import type { RoleId } from '../../digest/ledger.ts'
import type { OptionKind } from './option.ts'

export const textOption: OptionKind<string> = {
  registered: { type: ApplicationCommandOptionType.String, max_length: 1000 },
  read: async (given, name) => given.getString(name)?.trim() || undefined,
}

export const booleanOption: OptionKind<boolean> = {
  registered: { type: ApplicationCommandOptionType.Boolean },
  read: async (given, name) => given.getBoolean(name) ?? undefined,
}

export const numberOption: OptionKind<number> = {
  registered: { type: ApplicationCommandOptionType.Integer, min_value: 1, max_value: 100 },
  read: async (given, name) => given.getInteger(name) ?? undefined,
}

export const roleOption: OptionKind<RoleId> = {
  registered: { type: ApplicationCommandOptionType.Role },
  read: async (given, name) => {
    const role = given.getRole(name)
    return role === null ? undefined : (role.id as RoleId)
  },
}

/** A file that was sent along; its bytes are fetched by whoever wants them. */
export interface GivenFile {
  readonly name: string
  readonly url: string
  readonly bytes: number
}

export const fileOption: OptionKind<GivenFile> = {
  registered: { type: ApplicationCommandOptionType.Attachment },
  read: async (given, name) => {
    const file = given.getAttachment(name)
    return file === null ? undefined : { name: file.name, url: file.url, bytes: file.size }
  },
}
