/**
 * Whom a message would notify: resources/message.mdx, Allowed Mentions Object. Without `allowed_mentions` everything in
 * the text counts. Text is content and text displays; embeds and labels never notify.
 */
import { PermissionFlagsBits as P } from 'discord-api-types/v10'
import type { AllowedMentions } from './message-schema.ts'
import { permissionsIn, type Realm } from './realm.ts'
import type { Channel, Pings, Role, Snowflake } from './types.ts'

export interface MentionRequest {
  readonly channel: Channel
  readonly authorId: Snowflake
  readonly texts: readonly string[]
  readonly allowed: AllowedMentions | null | undefined
  /** Whose message is replied to. */
  readonly repliedTo?: Snowflake
}

/** The persons and roles a message notifies, after permissions. */
export function pingsOf(realm: Realm, request: MentionRequest): Pings {
  const text = request.texts.join('\n')
  const held = permissionsIn(realm, request.channel, request.authorId)
  const mayMentionAll = (held & P.MentionEveryone) !== 0n && request.channel.guildId !== undefined
  const found = (pattern: RegExp): Snowflake[] => [
    ...new Set([...text.matchAll(pattern)].flatMap((match) => match[1] ?? [])),
  ]
  const { allowed } = request
  const admitted = (kind: 'users' | 'roles', id: Snowflake): boolean =>
    !allowed || allowed.parse?.includes(kind) === true || allowed[kind]?.includes(id) === true
  const roles = rolesOf(realm, request.channel)
  const replied =
    request.repliedTo !== undefined && (allowed?.replied_user ?? !allowed) ? [request.repliedTo] : []
  return {
    everyone:
      mayMentionAll &&
      /@(?:everyone|here)/.test(text) &&
      (!allowed || allowed.parse?.includes('everyone') === true),
    users: [
      ...new Set([
        ...found(/<@!?(\d+)>/g).filter((id) => realm.users.has(id) && admitted('users', id)),
        ...replied,
      ]),
    ],
    roles: found(/<@&(\d+)>/g).filter((id) => {
      const role = roles.find((candidate) => candidate.id === id)
      return role !== undefined && (role.mentionable || mayMentionAll) && admitted('roles', id)
    }),
  }
}

function rolesOf(realm: Realm, channel: Channel): readonly Role[] {
  return realm.guilds.get(channel.guildId ?? '')?.roles ?? []
}
