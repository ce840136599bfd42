/** The tables as Kysely sees them. Instants are integers (milliseconds); lists and definitions are JSON text. */
export interface Tables {
  meta: { key: string; value: string }
  digest: { id: string; definition: string; withdrawn_at: number | null }
  source: SourceRow
  passed_entry: { source_id: string; key: string }
  article_key: { key: string; article_id: string }
  article_source: { article_id: string; source_id: string }
  article_revision: {
    article_id: string
    replaced_at: number
    headline: string
    standfirst: string | null
    body: string
  }
  digest_source: { digest_id: string; source_id: string }
  article: ArticleRow
  story: { id: string; merged_into: string | null }
  subscription: SubscriptionRow
  edition: EditionRow
  edition_article: { edition_id: string; article_id: string; story_id: string }
  delivery: DeliveryRow
  delivery_part: {
    delivery_id: string
    part: number
    begun_at: number
    message_id: string | null
    sent_at: number | null
  }
}

export interface SourceRow {
  id: string
  kind: string
  address: string
  outlet: string | null
  fulltext: string
  language: string
  /** Null for a folder, and for a source that is gone for good. */
  next_poll_at: number | null
  poll_state: string | null
}

export interface ArticleRow {
  id: string
  /** The source that brought it first; `article_source` names all of them. */
  source_id: string
  guid: string | null
  content_hash: string
  story_id: string | null
  headline: string
  /** The headline in lower case without accents, for finding it while somebody types. */
  headline_folded: string
  standfirst: string | null
  body: string
  authors: string
  outlet: string
  language: string
  url: string | null
  image: string | null
  published_at: number | null
  seen_at: number
  updated_at: number
  retired_at: number | null
  brief: string
  summary: string
  features: string
}

export interface SubscriptionRow {
  id: string
  guild_id: string
  channel_id: string
  digest_id: string
  schedule: string
  created_at: number
  planned_until: number
  last_edition_id: string | null
}

export interface EditionRow {
  id: string
  digest_id: string
  slot: number
  /** Empty for the first of a chain, so that the unique key holds for it too. */
  previous_id: string
  number: number
  composed_at: number
  content: string
}

export interface DeliveryRow {
  id: string
  subscription_id: string
  slot: number
  state: 'planned' | 'claimed' | 'sending' | 'sent' | 'failed' | 'skipped'
  edition_id: string | null
  parts: number | null
  attempt: number
  owner: string | null
  /** Planned: not to be claimed before this. Claimed or sending: free for others after it. */
  lease_until: number
  reason: string | null
  updated_at: number
}
