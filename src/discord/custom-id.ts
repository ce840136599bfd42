/**
 * What a button, a menu or a form does is written in its custom id, so that it works after a restart and for years.
 *
 *   1:<verb>:<argument>:<argument>     `1` is the version: what an older version wrote stays understood
 *
 * `actions` is the whole grammar: each verb with its arguments in order. Verbs and the order of their arguments never change; a
 * new meaning is a new verb.
 */
import { z } from 'zod'
import type { ArticleId, StoryId } from '../article/article.ts'
import type { DigestId } from '../digest/definition.ts'
import type { EditionId } from '../digest/edition.ts'
import type { SubscriptionId } from '../digest/ledger.ts'
import { limits } from './views/limits.ts'

/** A story that was parted from another is called after it: `id~2`. */
const id = <Id extends string>() =>
  z
    .string()
    .regex(/^[a-z0-9~-]{1,40}$/i)
    .transform((text) => text as Id)
const storyId = id<StoryId>()
const articleId = id<ArticleId>()
const editionId = id<EditionId>()
const subscriptionId = id<SubscriptionId>()
const digestId = z
  .string()
  .regex(/^[\p{L}\p{N}_.-]{1,64}$/u)
  .transform((text) => text as DigestId)
const number = z.union([z.number(), z.string().regex(/^\d{1,5}$/)]).pipe(z.coerce.number())
const word = z.string().regex(/^[\p{L}\p{N}_.,/+~-]{1,60}$/u)
/** The most characters of a search that a custom id holds beside everything else. */
export const mostSearchCharacters = 70
/** What somebody typed, on one line. */
const typed = z
  .string()
  .min(1)
  .max(mostSearchCharacters)
  .regex(/^[^:\p{Cc}]+$/u)
/** A name in short (see `markOf`), or `-` for none. */
const mark = z.string().regex(/^(?:[0-9a-f]{8}|-)$/)
const language = z.string().regex(/^(?:[a-z]{2,3}|-)$/)

/** Names something that a person has begun and that is kept for a day. */
const draft = z.string().regex(/^[0-9a-f]{12}$/)

const action = <Verb extends string, Shape extends z.ZodRawShape>(verb: Verb, shape: Shape) =>
  z.strictObject({ do: z.literal(verb), ...shape })

const actionSchema = z.discriminatedUnion('do', [
  /** A story's summary. */
  action('summary', { storyId }),
  /** A page of an article's full text, pages from 0. */
  action('text', { articleId, page: number }),
  /** The full text of the article that speaks for the story. */
  action('story-text', { storyId }),
  /** A menu whose values are story ids; `what` says which list it hangs under. */
  action('list', { what: word }),
  /** A menu over the stories of a message; also the marker of a delivery. Its values are story ids. */
  action('edition', { editionId, part: number }),
  /** A page of an edition's headlines; pages from 0 in every list. */
  action('headlines', { editionId, page: number }),
  /** A page of the newest stories, of a digest, a topic and a language where these are named. */
  action('stories', { digest: mark, topic: mark, language, page: number }),
  /** A page of what was found. */
  action('search', { words: typed, digest: mark, language, page: number }),
  /** A page of the articles of a story, by outlet. */
  action('sources', { storyId, page: number }),
  /** A menu over those articles; its values are article ids. */
  action('source', { storyId }),
  /** A menu over the pages of an article's full text; its values are page numbers. */
  action('pages', { articleId }),
  /** A menu over the articles of a story that have full text; its values are article ids. */
  action('texts', { storyId }),
  /** Begins or ends to follow a story, and shows its summary. */
  action('follow', { storyId }),
  action('unfollow', { storyId }),
  /** Ends to follow a story, in the message that told of it; `articleId` is the newest article told, and makes it a marker. */
  action('told', { storyId, articleId }),
  /** A page of what the member follows. */
  action('following', { page: number }),
  /** Ends to follow a story, in that list. */
  action('following-stop', { storyId, page: number }),
  /** The digests that a member has sent to them; a menu that ends one; one that was paused goes on. */
  action('mine', {}),
  action('mine-stop', {}),
  action('mine-resume', { subscriptionId }),
  /** Asks whether all that is held of the member is to be deleted, and deletes it. */
  action('forget', {}),
  action('forget-sure', {}),

  /** Setting a digest up: the draft as it stands, its menus, its forms, and what ends it. */
  action('setup', { draft }),
  action('setup-begin', { digestId }),
  action('setup-digest', { draft }),
  action('setup-channel', { draft }),
  action('setup-times', { draft }),
  /** Menus of a forum or an announcement channel: a new post for each edition or one for all, tags, crossposting. */
  action('setup-posts', { draft }),
  action('setup-tags', { draft }),
  action('setup-crosspost', { draft }),
  action('setup-times-form', { draft }),
  action('setup-times-sent', { draft }),
  action('setup-own-form', { draft }),
  action('setup-own-sent', { draft }),
  action('setup-preview', { draft }),
  action('setup-post', { draft }),
  action('setup-cancel', { draft }),
  /** A page of what is posted on the server, and a menu over it. */
  action('digest-list', { page: number }),
  action('digest-pick', { page: number }),
  /** One of them: shown, looked at before it comes, posted at once, paused, changed, removed. */
  action('digest-show', { subscriptionId }),
  action('digest-preview', { subscriptionId }),
  action('digest-now', { subscriptionId }),
  action('digest-pause', { subscriptionId }),
  action('digest-resume', { subscriptionId }),
  action('digest-edit', { subscriptionId }),
  action('digest-channel', { subscriptionId }),
  action('digest-times', { subscriptionId }),
  action('digest-notice', { subscriptionId }),
  action('digest-posts', { subscriptionId }),
  action('digest-tags', { subscriptionId }),
  action('digest-crosspost', { subscriptionId }),
  action('digest-times-form', { subscriptionId }),
  action('digest-times-sent', { subscriptionId }),
  action('digest-contents-form', { subscriptionId }),
  action('digest-contents-sent', { subscriptionId }),
  action('digest-remove', { subscriptionId }),
  action('digest-remove-sure', { subscriptionId }),
  /** A digest that the server made. */
  action('own-show', { digestId }),
  action('own-remove', { digestId }),
  action('own-remove-sure', { digestId }),
  /** A menu over the feeds that a page names; its values are their places. */
  action('feed-pick', { draft }),
  /** A menu over digests that a feed may go into, and the button that lets it go there. */
  action('feed-into', { draft }),
  action('feed-take', { draft }),
  /** A page of the feeds of a digest, or of all that the server made. */
  action('feed-list', { digest: mark, page: number }),
  /** Takes a feed out of a digest. */
  action('feed-drop', { digestId, source: mark }),
  /** The rules of a digest's filter: a page of them, a menu that removes one, the form for a new one and for one to be mended. */
  action('filter-list', { digestId, page: number }),
  action('filter-drop', { digestId }),
  action('filter-form', { digestId }),
  action('filter-mend', { draft }),
  action('filter-add', { digestId }),
  /** A page of what each rule does. */
  action('filter-effects', { digestId, page: number }),
  /** A menu over the digests that the server made; `what` is shown of the one that is chosen. */
  action('filter-digest', { what: word }),
  /** What the server has set for all its digests. */
  action('settings', {}),
  action('settings-language', {}),
  action('settings-role', {}),
  action('settings-zone-form', {}),
  action('settings-zone-sent', {}),
])

/** What pressing, choosing or submitting does. */
export type Action = z.output<typeof actionSchema>
export type Verb = Action['do']

/** Each verb with the names of its arguments, in order. */
const argumentsOf: ReadonlyMap<string, readonly string[]> = new Map(
  actionSchema.options.map(({ shape }) => [
    shape.do.value,
    Object.keys(shape).filter((name) => name !== 'do'),
  ]),
)

/** Every verb there is. */
export const verbs: readonly string[] = [...argumentsOf.keys()]

/** Errors: throws where an argument holds what no custom id can; arguments are ours, so that is a mistake of ours. */
export function customId(action: Action): string {
  const values = new Map<string, unknown>(Object.entries(action))
  const parts = (argumentsOf.get(action.do) ?? []).map((name) => String(values.get(name)))
  const text = ['1', action.do, ...parts].join(':')
  if (text.length > limits.customId || parseCustomId(text) === undefined)
    throw new Error(`"${text}" is no custom id.`)
  return text
}

/** Undefined for an id that no version wrote. */
export function parseCustomId(text: string): Action | undefined {
  const [version, verb = '', ...given] = text.split(':')
  const names = argumentsOf.get(verb)
  if (version !== '1' || names === undefined || given.length !== names.length) return undefined
  const named = Object.fromEntries(names.map((name, at) => [name, given[at]]))
  return actionSchema.safeParse({ do: verb, ...named }).data
}
