/** What whoever looks after the bot is told of what is held. */

/** The tables whose rows are told. */
export const counted = ['article', 'story', 'edition', 'subscription', 'delivery', 'passed_entry'] as const

export interface Held {
  /** By the name of the table; none where it cannot be read. */
  readonly rows: Readonly<Record<string, number>>
  /** When the oldest article was seen, the oldest one with a full text, and when the oldest edition with content was made. */
  readonly oldest: Readonly<Record<'article' | 'body' | 'edition', number | undefined>>
}
