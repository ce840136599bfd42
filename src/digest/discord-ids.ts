/** Discord's ids, each of its own kind, so that none is handed over for another. */
export type GuildId = string & { readonly __brand: 'GuildId' }
export type ChannelId = string & { readonly __brand: 'ChannelId' }
export type MessageId = string & { readonly __brand: 'MessageId' }
export type RoleId = string & { readonly __brand: 'RoleId' }
export type UserId = string & { readonly __brand: 'UserId' }
/** A tag of a forum. */
export type TagId = string & { readonly __brand: 'TagId' }
