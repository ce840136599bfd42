/**
 * The objects that travel between Discord and a bot, as far as the stand-in knows them: message, component, embed,
 * modal, command. They are named as Discord names them (snake_case) because they are sent as they are.
 * What a bot sends is parsed into the `…Input` half of these shapes (message-schema.ts); what the stand-in sends is
 * checked against Discord's own OpenAPI document.
 */

export type Snowflake = string

export interface WireUser {
  readonly id: Snowflake
  readonly username: string
  readonly global_name: string | null
  readonly discriminator: string
  readonly avatar: string | null
  readonly bot?: boolean
  readonly public_flags: number
  readonly flags: number
  readonly primary_guild: null
}

export interface WireEmoji {
  readonly id?: Snowflake
  readonly name: string
  readonly animated?: boolean
}

export interface WireMedia {
  readonly id: Snowflake
  readonly url: string
  readonly proxy_url: string
  readonly width: number | null
  readonly height: number | null
  readonly content_type: string | null
  readonly attachment_id?: Snowflake
}

/** `style` 1-4 carry a custom_id, 5 (link) carries a url. */
export interface WireButton {
  readonly type: 2
  readonly id: number
  readonly style: number
  readonly label?: string
  readonly emoji?: WireEmoji
  readonly custom_id?: string
  readonly url?: string
  readonly disabled?: boolean
}

export interface WireSelectOption {
  readonly label: string
  readonly value: string
  readonly description?: string
  readonly emoji?: WireEmoji
  readonly default?: boolean
}

/** Type 3 is a string select and has options; 5 to 8 choose users, roles, mentionables, channels. */
export interface WireSelect {
  readonly type: 3 | 5 | 6 | 7 | 8
  readonly id: number
  readonly custom_id: string
  readonly placeholder?: string
  readonly min_values: number
  readonly max_values: number
  readonly disabled?: boolean
  readonly options?: readonly WireSelectOption[]
  readonly channel_types?: readonly number[]
  /** What is chosen already, in types 5 to 8. */
  readonly default_values?: readonly { readonly id: Snowflake; readonly type: 'user' | 'role' | 'channel' }[]
}

export interface WireActionRow {
  readonly type: 1
  readonly id: number
  readonly components: readonly (WireButton | WireSelect)[]
}

export interface WireTextDisplay {
  readonly type: 10
  readonly id: number
  readonly content: string
}

export interface WireThumbnail {
  readonly type: 11
  readonly id: number
  readonly media: WireMedia
  readonly description?: string | null
  readonly spoiler: boolean
}

export interface WireSection {
  readonly type: 9
  readonly id: number
  readonly components: readonly WireTextDisplay[]
  readonly accessory: WireThumbnail | WireButton
}

export interface WireMediaGallery {
  readonly type: 12
  readonly id: number
  readonly items: readonly {
    readonly media: WireMedia
    readonly description?: string | null
    readonly spoiler: boolean
  }[]
}

export interface WireFile {
  readonly type: 13
  readonly id: number
  readonly file: WireMedia
  readonly name: string
  readonly size: number
  readonly spoiler: boolean
}

export interface WireSeparator {
  readonly type: 14
  readonly id: number
  readonly spacing: 1 | 2
  readonly divider: boolean
}

export interface WireContainer {
  readonly type: 17
  readonly id: number
  readonly accent_color: number | null
  readonly spoiler: boolean
  readonly components: readonly WireContainerChild[]
}

export type WireContainerChild =
  | WireActionRow
  | WireTextDisplay
  | WireSection
  | WireMediaGallery
  | WireFile
  | WireSeparator

export type WireTopComponent = WireContainer | WireContainerChild

export type WireComponent = WireTopComponent | WireButton | WireSelect | WireThumbnail

export interface WireEmbed {
  readonly type: string
  readonly title?: string
  readonly description?: string
  readonly url?: string
  readonly timestamp?: string
  readonly color?: number
  readonly footer?: { readonly text: string; readonly icon_url?: string }
  readonly image?: { readonly url: string }
  readonly thumbnail?: { readonly url: string }
  readonly author?: { readonly name: string; readonly url?: string; readonly icon_url?: string }
  readonly fields?: readonly { readonly name: string; readonly value: string; readonly inline: boolean }[]
}

export interface WireAttachment {
  readonly id: Snowflake
  readonly filename: string
  readonly size: number
  readonly url: string
  readonly proxy_url: string
  readonly content_type?: string
  readonly description?: string
  readonly title?: string
}

export interface WireInteractionMetadata {
  readonly id: Snowflake
  readonly type: number
  readonly user: WireUser
  readonly authorizing_integration_owners: Readonly<Record<string, Snowflake>>
  readonly original_response_message_id?: Snowflake
  readonly interacted_message_id?: Snowflake
  /** Of a modal: what was answered with it. */
  readonly triggering_interaction_metadata?: WireInteractionMetadata
  readonly name?: string
  readonly command_type?: number
}

/** A message as Discord would send it. `components` and `embeds` are already normalised. */
export interface WireMessage {
  readonly id: Snowflake
  readonly channel_id: Snowflake
  readonly type: number
  readonly author: WireUser
  readonly content: string
  readonly timestamp: string
  readonly edited_timestamp: string | null
  readonly tts: boolean
  readonly mention_everyone: boolean
  readonly mentions: readonly WireUser[]
  readonly mention_roles: readonly Snowflake[]
  readonly attachments: readonly WireAttachment[]
  readonly embeds: readonly WireEmbed[]
  readonly components: readonly WireTopComponent[]
  readonly pinned: boolean
  readonly flags: number
  readonly nonce?: string | number
  readonly webhook_id?: Snowflake
  readonly application_id?: Snowflake
  readonly interaction_metadata?: WireInteractionMetadata
  readonly message_reference?: {
    readonly type: number
    readonly channel_id: Snowflake
    readonly message_id?: Snowflake
    readonly guild_id?: Snowflake
  }
  readonly referenced_message?: WireMessage | null
  readonly thread?: WireChannel
  readonly poll?: WirePoll
}

export interface WirePoll {
  readonly question: { readonly text: string }
  readonly answers: readonly { readonly answer_id: number; readonly poll_media: { readonly text: string } }[]
  readonly expiry: string
  readonly allow_multiselect: boolean
  readonly layout_type: number
  readonly results: {
    readonly answer_counts: readonly {
      readonly id: number
      readonly count: number
      readonly me_voted: boolean
    }[]
    readonly is_finalized: boolean
  }
}

export interface WireTag {
  readonly id: Snowflake
  readonly name: string
  readonly moderated: boolean
  readonly emoji_id: Snowflake | null
  readonly emoji_name: string | null
}

export interface WireOverwrite {
  readonly id: Snowflake
  /** 0: role, 1: member */
  readonly type: 0 | 1
  readonly allow: string
  readonly deny: string
}

export interface WireThreadMetadata {
  readonly archived: boolean
  readonly archive_timestamp: string
  readonly auto_archive_duration: number
  readonly locked: boolean
  readonly create_timestamp: string
}

/** A guild channel, a thread or a DM channel: the fields that are there depend on `type`. */
export interface WireChannel {
  readonly id: Snowflake
  readonly type: number
  readonly flags: number
  readonly last_message_id?: Snowflake | null
  readonly guild_id?: Snowflake
  readonly name?: string
  readonly parent_id?: Snowflake | null
  readonly position?: number
  readonly topic?: string | null
  readonly nsfw?: boolean
  readonly rate_limit_per_user?: number
  readonly permission_overwrites?: readonly WireOverwrite[]
  readonly available_tags?: readonly WireTag[]
  readonly applied_tags?: readonly Snowflake[]
  readonly default_auto_archive_duration?: number
  readonly default_forum_layout?: number
  readonly owner_id?: Snowflake
  readonly thread_metadata?: WireThreadMetadata
  readonly message_count?: number
  readonly member_count?: number
  readonly total_message_sent?: number
  readonly recipients?: readonly WireUser[]
}

export interface WireChoice {
  readonly name: string
  readonly name_localizations?: Readonly<Record<string, string>> | null
  readonly value: string | number
}

export interface WireCommandOption {
  readonly type: number
  readonly name: string
  readonly name_localizations?: Readonly<Record<string, string>> | null
  readonly description: string
  readonly description_localizations?: Readonly<Record<string, string>> | null
  readonly required?: boolean
  readonly autocomplete?: boolean
  readonly choices?: readonly WireChoice[]
  readonly options?: readonly WireCommandOption[]
  readonly channel_types?: readonly number[]
  readonly min_value?: number
  readonly max_value?: number
  readonly min_length?: number
  readonly max_length?: number
}

/** `type` 1 is a slash command, 2 a user command, 3 a message command. */
export interface WireCommand {
  readonly id: Snowflake
  readonly application_id: Snowflake
  readonly version: Snowflake
  readonly type: number
  readonly name: string
  readonly name_localizations: Readonly<Record<string, string>> | null
  readonly description: string
  readonly description_localizations: Readonly<Record<string, string>> | null
  readonly options?: readonly WireCommandOption[]
  readonly default_member_permissions: string | null
  readonly dm_permission?: boolean
  readonly contexts?: readonly number[] | null
  readonly integration_types?: readonly number[]
  readonly nsfw: boolean
  readonly guild_id?: Snowflake
}

export interface WireTextInput {
  readonly type: 4
  readonly id: number
  readonly custom_id: string
  readonly style: number
  readonly label?: string | null
  readonly min_length?: number | null
  readonly max_length?: number | null
  readonly required: boolean
  readonly value?: string | null
  readonly placeholder?: string | null
}

export type WireModalField = WireTextInput | (WireSelect & { readonly required: boolean })

/** One part of a modal: a label with its field, a text, or (older bots) a row with one text input. */
export type WireModalPart =
  | {
      readonly type: 18
      readonly id: number
      readonly label: string
      readonly description?: string | null
      readonly component: WireModalField
    }
  | { readonly type: 10; readonly id: number; readonly content: string }
  | { readonly type: 1; readonly id: number; readonly components: readonly WireTextInput[] }

export interface WireModal {
  readonly custom_id: string
  readonly title: string
  readonly components: readonly WireModalPart[]
}
