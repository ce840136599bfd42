/** The tables as Kysely sees them. Instants are integers (milliseconds); lists and definitions are JSON text. */
import type { Generated } from 'kysely'

export interface Tables {
  meta: { key: string; value: string }
  digest: {
    id: string
    definition: string
    /** The server that made it; null for a digest of the house. */
    guild_id: string | null
    withdrawn_at: number | null
  }
  guild: {
    id: string
    joined_at: number
    left_at: number | null
    welcomed_at: number | null
    settings: string
  }
  draft: { id: string; owner: string; content: string; changed_at: number }
  source: SourceRow
  passed_entry: {
    source_id: string
    key: string
    /** Since when its feed does not list it any more; null while it does, as far as anybody knows. */
    missing_since: Generated<number | null>
  }
  article_key: { key: string; article_id: string }
  article_source: {
    article_id: string
    source_id: string
    /** When it first came through this source. */
    seen_at: number
  }
  article_revision: {
    article_id: string
    replaced_at: number
    headline: string
    standfirst: string | null
    body: string
  }
  digest_source: { digest_id: string; source_id: string }
  article: ArticleRow
  story: StoryRow
  story_summary: { story_id: string; language: string; brief: string; summary: string }
  written_summary: WrittenSummaryRow
  /** Tokens that models used or are about to use, by UTC day. */
  model_use: { day: string; tokens: number }
  subscription: SubscriptionRow
  edition: EditionRow
  edition_article: { edition_id: string; article_id: string; story_id: string }
  edition_passed: {
    edition_id: string
    article_id: string
    story_id: string
    reason: string
    detail: string
  }
  /** The reasons of the last slot after `previous_id` that passed without an edition; they go when there is one. */
  skipped_passed: {
    digest_id: string
    /** Empty where the chain has no edition yet. */
    previous_id: string
    article_id: string
    slot: number
    reason: string
    detail: string
  }
  subscription_health: SubscriptionHealthRow
  delivery: DeliveryRow
  delivery_part: {
    delivery_id: string
    part: number
    begun_at: number
    message_id: string | null
    /** Set without `message_id` for a part that counts as posted and was never seen. */
    sent_at: number | null
    /** Where it stands or was begun; null in what older versions wrote. */
    channel_id: string | null
    mentioned_role: Generated<string | null>
  }
  crosspost: {
    delivery_id: string
    part: number
    channel_id: string
    message_id: string
    since: number
    /** Not to be claimed before this; null once it came to its end. */
    due_at: number | null
    ended_at: number | null
    /** Why it was put off, or given up. */
    reason: string | null
  }
  searched_source: { number: Generated<number>; source_id: string }
  searched_article: SearchedArticleRow
  /** Articles that changed and that the search index has not read since. */
  search_pending: { article_id: string; seen_at: number }
  /** Every word of every headline, as lists compare them; words stay when their article goes. */
  headline_word: { word: string }
  /** `stirs`: how often something may have become news to the member; `stirred`: that count, until somebody has looked and found nothing. */
  follow: FollowRow & { stirs: Generated<number>; stirred: Generated<number | null> }
  follow_told: { follow_id: string; article_id: string }
  /** Stories that moved while Discord let nobody write to the member. */
  untold_story: { user_id: string; story_id: string; kept_at: number }
  /** Who added a source to a digest that a server made. */
  source_adder: { guild_id: string; source_id: string; user_id: string }
  role_lease: { name: string; owner: string; until: number }
  /** Which process reads from a host now. */
  polled_host: { host: string; owner: string; until: number }
  /** Which process makes an edition now, or a short while ago found that there is nothing to say (`said_nothing`). */
  edition_making: {
    digest_id: string
    slot: number
    previous_id: string
    owner: string
    lease_until: number
    said_nothing: number
  }
  /** The state is a `BudgetState`; the version counts its writes. */
  rest_budget: { name: string; state: string; version: number }
  /** When a shard of a key (`shard id % max_concurrency`) may identify. */
  identify_turn: { key: number; free_at: number }
  notice: NoticeRow
  edition_correction: EditionCorrectionRow
  correction_edit: CorrectionEditRow
}

/** A problem that somebody is told once; it goes when all is well again. */
export interface NoticeRow {
  id: string
  guild_id: string
  /** The id of the subscription or of the source. */
  subject: string
  subscription_id: string | null
  source_id: string | null
  /** A code of Discord's; of a source, whether it fails or is gone. */
  problem: string
  reason: string
  /** Permissions that were missing, as JSON. */
  missing: string
  /** The user's id, or `guild:` and a server's where its owner is to be told. */
  person: string
  noted_at: number
  told_at: number | null
  told_how: string | null
  owner: string | null
  /** Not to be claimed before this. */
  lease_until: number
  attempt: number
}

export interface EditionCorrectionRow {
  edition_id: string
  article_id: string
  /** `as-was` where a correction was taken back. */
  kind: 'headline' | 'withdrawn' | 'as-was'
  headline: string | null
  noted_at: number
  /** When the messages that show it were marked; null until then. */
  spread_at: number | null
}

/** A posted message of an edition that was corrected; it is to be looked at while `done_version` is below `version`. */
export interface CorrectionEditRow {
  delivery_id: string
  part: number
  edition_id: string
  sent_at: number
  version: number
  done_version: number
  /** Names what it shows; null while that is what was posted. */
  shown: string | null
  /** How often it was edited. */
  edits: number
  owner: string | null
  lease_until: number
  attempt: number
}

export interface FollowRow {
  id: string
  user_id: string
  story_id: string
  guild_id: string | null
  /** The thread in which the member is told; null for direct messages. */
  channel_id: string | null
  /** The language in which the member is told. */
  locale: string | null
  since: number
  told_at: number | null
  owner: string | null
  /** Not to be claimed before this. */
  lease_until: number
  attempt: number
}

/** What finding needs beside the index; an article that is not retired and not pending has one. */
export interface SearchedArticleRow {
  /** In the order in which articles were seen. */
  number: Generated<number>
  article_id: string
  story_id: string | null
  copy_of: string | null
  language: string
  seen_at: number
  /** As lists compare it. */
  headline: string
}

export interface SourceRow {
  id: string
  kind: string
  address: string
  outlet: string | null
  fulltext: string
  language: string
  /** Of the address; null for what is not polled, and in what an older version wrote. */
  host: string | null
  /** Null for a folder, and for a source that is gone for good. */
  next_poll_at: number | null
  poll_state: string | null
  /** When it was last read without trouble. */
  read_at: number | null
  /** Null while nothing is in the way. */
  failing_since: number | null
  /** A `SourceTrouble`. */
  trouble: string | null
}

export interface ArticleRow {
  id: string
  /** The source that brought it first; `article_source` names all of them. */
  source_id: string
  guid: string | null
  content_hash: string
  story_id: string | null
  headline: string
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
  /** Reading time. */
  minutes: number
  terms: string
  /** The original that this article repeats; null where it speaks for itself. */
  copy_of: string | null
  /** 1 once the article as it reads now was put into a story. */
  is_placed: number
  /** Which analysis worked it out (see `analysisMark`); empty for articles that have no stems yet. */
  analysis: string
  /** The stems of its words in order, for search and filters. Not read with lists. */
  stems: string
  /** When its full text was dropped, and its body with it; null while it is held. */
  body_dropped_at: Generated<number | null>
}

export interface StoryRow {
  id: string
  merged_into: string | null
  /** When its articles last changed, or when it went into another. */
  changed_at: number
  /** Counts the changes of its articles; by it a summary is known to be out of date. */
  revision: number
  /** The revision that its summaries tell; 0 before the first. */
  summarised_revision: number
}

/** Either `sentences` or `refusal`. */
export interface WrittenSummaryRow {
  key: string
  language: string
  /** Null where the first sentence was too long to be one. */
  brief: string | null
  sentences: string | null
  refusal: string | null
  model: string
  written_at: number
}

export interface SubscriptionRow {
  id: string
  guild_id: string
  channel_id: string
  digest_id: string
  schedule: string
  created_at: number
  planned_until: number
  /** The local time of `planned_until`; null in what older versions wrote. */
  planned_key: string | null
  /** When its next slot has to be searched for: 0 where its schedule changed, null where it has no slot any more. */
  next_slot_at: number | null
  last_edition_id: string | null
  paused_at: number | null
  notice: Generated<string>
  /** When it was moved into its channel; null where it was always there. */
  channel_since: number | null
  /** Who set it up; null in what older versions wrote, and where that person was forgotten. */
  added_by: string | null
  /** A `Place`; null for a text channel. */
  place: string | null
  /** The forum post that it has opened last. */
  thread_id: string | null
}

export interface SubscriptionHealthRow {
  subscription_id: string
  failing_since: number
  failed_at: number
  code: string
  reason: string
  told_owner_at: number | null
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
  /** Articles seen before this were no candidates; null for editions of older versions. */
  seen_from: number | null
  /** When its content was dropped; null while it is held. */
  thinned_at: Generated<number | null>
}

export interface DeliveryRow {
  id: string
  subscription_id: string
  slot: number
  state: 'planned' | 'claimed' | 'sending' | 'sent' | 'failed' | 'skipped' | 'uncertain'
  edition_id: string | null
  parts: number | null
  /** Which of its server's deliveries of that slot it is, from 0: servers take turns. */
  turn: number
  /** 1 where it is marked as late; null until its first part was begun. */
  late: number | null
  attempt: number
  owner: string | null
  /** Not to be claimed before this. */
  lease_until: number
  reason: string | null
  updated_at: number
  /** When it came to its end; null while it is to be claimed. */
  settled_at: number | null
}
