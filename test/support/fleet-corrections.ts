/**
 * What members see of headlines that their source corrected after they were posted: each message that was posted
 * within a day before is edited once, an older one never, and none comes beside it.
 */
import { sql } from 'kysely'
import { correctedForMs } from '../../src/digest/correction.ts'
import type { StandIn, StoredMessage } from '../../src/rehearsal/standin/types.ts'
import type { CorrectedHeadline, FleetWorld } from './fleet-world.ts'

interface Seen {
  readonly channelId: string
  /** What it showed, one after the other. */
  readonly states: string[]
  /** How often Discord took an edit of it. */
  edits: number
  editedAt: string | null
}

export interface Corrections {
  /** Messages that do not show once what was corrected, or show something else than was posted: each in a sentence. */
  readonly amiss: readonly string[]
  readonly corrected: number
  readonly messages: number
  /** Messages that were about a day old, or older, when the bot heard of it. */
  readonly tooOld: number
  /** Edits that changed nothing any more: they were made again after the process that had made them was gone. */
  readonly editedAgain: number
}

export interface CorrectionWatch {
  readonly judge: (isJudged: (channelId: string) => boolean) => Promise<Corrections>
}

/** Whether that is a headline of a message, and its label where stories are picked. No other begins so. */
const heads = (state: string, headline: string): boolean => state.includes(`### [${headline.slice(0, 40)}`)
const labels = (state: string, headline: string): boolean =>
  state.includes(`"label":"${headline.slice(0, 40)}`)

/** From now on. */
export function watchCorrections({
  discord,
  db,
  corrected,
}: Pick<FleetWorld, 'discord' | 'db' | 'corrected'>): CorrectionWatch {
  const seen = watchMessages(discord)
  return {
    judge: async (isJudged) => {
      const most = await mostEditsOf(db)
      const ages = await agesOf(db)
      const judged = [...seen].filter(([, { channelId }]) => isJudged(channelId))
      const amiss = judged.flatMap(([id, one]) => [
        ...shownAmiss(id, one, corrected(), ages),
        ...(one.edits <= (most.get(id) ?? 0)
          ? []
          : [`${id} was edited ${one.edits} times, claimed for ${most.get(id) ?? 0}`]),
      ])
      const edited = judged.filter(([, { edits }]) => edits > 0)
      return {
        amiss,
        corrected: corrected().length,
        messages: edited.length,
        tooOld: judged.flatMap(
          ([
            id,
            {
              states: [first = ''],
            },
          ]) =>
            corrected().filter(
              ({ guid, was }) =>
                heads(first, was) && (ages.get(key(id, guid)) ?? 0) >= correctedForMs - aboutMs,
            ),
        ).length,
        editedAgain: edited.reduce((sum, [, { edits, states }]) => sum + edits - (states.length - 1), 0),
      }
    },
  }
}

function watchMessages({ world }: StandIn): ReadonlyMap<string, Seen> {
  const seen = new Map<string, Seen>()
  world.subscribe((change) => {
    if (change.kind !== 'message.created' && change.kind !== 'message.updated') return
    const { wire } = change.message
    if (!isOfEdition(change.message)) return
    const state = JSON.stringify(wire.components)
    const known = seen.get(wire.id)
    if (known === undefined) {
      seen.set(wire.id, { channelId: wire.channel_id, states: [state], edits: 0, editedAt: null })
      return
    }
    // A crosspost changes the message as well.
    if (wire.edited_timestamp !== known.editedAt) known.edits += 1
    known.editedAt = wire.edited_timestamp
    if (known.states.at(-1) !== state) known.states.push(state)
  })
  return seen
}

function isOfEdition({ wire, ephemeralFor }: StoredMessage): boolean {
  return ephemeralFor === undefined && JSON.stringify(wire.components).includes('"1:edition:')
}

const key = (messageId: string, guid: string): string => `${messageId} ${guid}`
/** A message whose day ends so soon may be edited in time or not. */
const aboutMs = 30 * 60_000

function shownAmiss(
  id: string,
  { states }: Seen,
  corrected: readonly CorrectedHeadline[],
  ages: ReadonlyMap<string, number>,
): readonly string[] {
  const [first = ''] = states
  const last = states.at(-1) ?? ''
  const ofIt = corrected.filter(({ was }) => heads(first, was))
  const shown = ofIt.filter(({ is }) => heads(last, is))
  const marks = last.split('✎ Corrected').length - 1
  return [
    ...(states.length === 1 + Math.min(1, shown.length)
      ? []
      : [`${id} was changed ${states.length - 1} times for ${shown.length} corrections`]),
    ...(marks === shown.length ? [] : [`${id} has ${marks} marks for ${shown.length} corrections`]),
    ...shown.flatMap(({ guid, was, is }) =>
      labels(last, is) && !heads(last, was) && !labels(last, was)
        ? []
        : [`${id} still shows the old headline of ${guid}`],
    ),
    ...ofIt.flatMap((one) => {
      const ageMs = ages.get(key(id, one.guid))
      if (ageMs === undefined) return [`${id} is not known to tell of ${one.guid}`]
      const isShown = shown.includes(one)
      const isOver = ageMs >= correctedForMs
      const isDue = ageMs < correctedForMs - aboutMs
      if ((isShown && isOver) || (!isShown && isDue))
        return [
          `${id}, posted ${ageMs} ms before, ${isShown ? 'shows' : 'does not show'} the correction of ${one.guid}`,
        ]
      return []
    }),
    ...corrected.flatMap(({ guid, is }) =>
      heads(first, is) ? [`${id} is a second message about ${guid}`] : [],
    ),
  ]
}

/** From its posting until the bot heard of it, by message and article; of every message of the edition. */
async function agesOf(db: FleetWorld['db']): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ message_id: string; guid: string; age: number }>`
    select delivery_part.message_id, article.guid, article_revision.replaced_at - delivery_part.sent_at as age
    from article_revision join article on article.id = article_revision.article_id
      join edition_article on edition_article.article_id = article.id
      join delivery on delivery.edition_id = edition_article.edition_id
      join delivery_part on delivery_part.delivery_id = delivery.id
    where delivery_part.message_id is not null`.execute(db)
  return new Map(rows.map(({ message_id, guid, age }) => [key(message_id, guid), Number(age)]))
}

/** By message, how often it may have been edited: once, and once more for every claim of which nobody wrote down what came of it. */
async function mostEditsOf(db: FleetWorld['db']): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ message_id: string; most: number }>`
    select delivery_part.message_id, count(*) filter (where watched_claim.owner is not null) as most
    from watched_claim join delivery_part on watched_claim.key = delivery_part.delivery_id || ' ' || delivery_part.part
    where watched_claim.claimed = 'correction_edit' and delivery_part.message_id is not null
    group by delivery_part.message_id`.execute(db)
  return new Map(rows.map(({ message_id, most }) => [message_id, Number(most)]))
}
