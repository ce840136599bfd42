/**
 * `/digest setup`: every step leads back to the one card, with what was chosen; what is in the way is said there. With defaults for
 * everything, calling the command and pressing "Post it there" is enough.
 */
import { isDeepStrictEqual } from 'node:util'
import type { DigestId } from '../../digest/definition.ts'
import { plannedToNow } from '../../digest/due-slots.ts'
import type { ChannelId, Subscription, SubscriptionId } from '../../digest/ledger.ts'
import { usualPlace } from '../../digest/place.ts'
import { nextSlots, type Schedule } from '../../digest/schedule.ts'
import { sayTimes } from '../../digest/schedule-words.ts'
import { usualSchedule } from '../../digest/usual-times.ts'
import type { Context, Given } from '../context.ts'
import { readTypedTimes } from '../typed-times.ts'
import { foreign } from '../views/foreign.ts'
import type { FormView } from '../views/form.ts'
import { button, row, text, type View } from '../views/layout.ts'
import { noteView } from '../views/list-view.ts'
import { lacksTag } from '../views/place-menus.ts'
import { previewView } from '../views/preview-view.ts'
import { timesForm } from '../views/setup-form.ts'
import { type SetupProblem, type SetupState, setupView } from '../views/setup-view.ts'
import { timestamp } from '../views/time.ts'
import { type PlaceChoice, placeChosen } from './place-choice.ts'
import { guildOf, sentenceOf } from './problem.ts'
import {
  beginDraft,
  keepDraft,
  likelyDigest,
  openDraft,
  type SetupDraft,
  scheduleFor,
} from './setup-draft.ts'

/** What is known before the first question. */
export interface Begun {
  readonly digestId?: DigestId | undefined
  readonly channelId?: ChannelId | undefined
  readonly times?: string | undefined
  readonly zone?: string | undefined
}

/** A new draft, with a digest and the channel of the call unless others were named. Errors: `UserError` for times that cannot be read. */
export async function beginSetup(begun: Begun, context: Context): Promise<View> {
  const { subscriptions, library, guilds, channelId } = context
  const guildId = guildOf(context)
  const settings = await guilds.settings(guildId)
  const digests = await library.digests(guildId)
  const posted = await subscriptions.ofGuild(guildId)
  const here = channelId === undefined ? undefined : await context.channel(channelId)
  const channel = begun.channelId ?? (here === undefined || here.kind === 'other' ? undefined : here.id)
  const postedHere = new Set(posted.filter((each) => each.channelId === channel).map((each) => each.digestId))
  const digest =
    digests.find(({ id }) => id === begun.digestId) ?? likelyDigest(digests, postedHere, settings, context)
  const { id, draft } = await beginDraft(context, {
    ...(digest === undefined ? {} : { digestId: digest.id }),
    ...(channel === undefined ? {} : { channelId: channel }),
  })
  if (begun.times === undefined && begun.zone === undefined) return shown(id, draft, context)
  const standing = scheduleFor(draft, digest, settings, context)
  const schedule = readTypedTimes(begun, standing, context.locale)
  return keep(id, { ...draft, schedule, ...zoneNamed(schedule, standing) }, context)
}

export async function showSetup(id: string, context: Context): Promise<View> {
  return shown(id, await openDraft(id, context), context)
}

/** One of the menus was used. */
export async function chooseInSetup(
  what: 'digest' | 'channel' | 'times' | PlaceChoice,
  id: string,
  context: Context & Given,
): Promise<View> {
  const draft = await openDraft(id, context)
  const [value = ''] = context.values
  switch (what) {
    case 'digest':
      return keep(id, { ...draft, digestId: value as DigestId }, context)
    case 'channel':
      return keep(id, inChannel(draft, value as ChannelId), context)
    case 'posts':
    case 'tags':
    case 'crosspost': {
      const { place } = await stateOf(id, draft, context)
      return keep(id, { ...draft, place: placeChosen(place, what, context.values) }, context)
    }
    case 'times': {
      const { zone } = (await stateOf(id, draft, context)).schedule
      const schedule = usualSchedule(value, zone)
      return keep(id, schedule === undefined ? draft : { ...draft, schedule }, context)
    }
  }
}

/** What was chosen for another channel does not hold for this one. */
function inChannel({ place: _, ...draft }: SetupDraft, channelId: ChannelId): SetupDraft {
  return { ...draft, channelId }
}

export async function openTimesForm(id: string, context: Context): Promise<FormView> {
  const draft = await openDraft(id, context)
  const { schedule } = await stateOf(id, draft, context)
  return timesForm({ do: 'setup-times-sent', draft: id }, schedule, draft.times, context.say)
}

export async function takeTimes(id: string, context: Context & Given): Promise<View> {
  const { times: _, ...draft } = await openDraft(id, context)
  const typed = { times: written('times', context), zone: written('zone', context) }
  const { schedule: standing } = await stateOf(id, draft, context)
  try {
    const asked = { times: typed.times, ...(typed.zone === '' ? {} : { zone: typed.zone }) }
    const schedule = readTypedTimes(asked, standing, context.locale)
    return await keep(id, { ...draft, schedule, ...zoneNamed(schedule, standing) }, context)
  } catch (error) {
    return keep(id, { ...draft, times: typed }, context, {
      about: 'when',
      sentence: sentenceOf(error, context),
    })
  }
}

/** A zone that the owner named, and did not only leave as it stood. */
function zoneNamed({ zone }: Schedule, standing: Schedule): Pick<SetupDraft, 'zone'> {
  return zone === standing.zone ? {} : { zone }
}

export async function previewSetup(id: string, context: Context): Promise<View> {
  const { say, previewEdition } = context
  const draft = await openDraft(id, context)
  const { digest } = await stateOf(id, draft, context)
  if (digest === undefined) return shown(id, draft, context)
  const back = button(say('button.back'), { do: 'setup', draft: id })
  return previewView(await previewEdition(digest.id, undefined), [back], say)
}

/** "Post it there". Pressed twice, also at once, it says twice that it is done. */
export async function finishSetup(id: string, context: Context): Promise<View> {
  const { subscriptions, guilds, now, say } = context
  const draft = await openDraft(id, context)
  const guildId = guildOf(context)
  const { digest, channel, place, schedule, next } = await stateOf(id, draft, context)
  const isOpen = channel !== undefined && channel.missing.length === 0 && !lacksTag(place, channel)
  if (digest === undefined || !isOpen) {
    return shown(id, draft, context)
  }
  const title = foreign(digest.title, 120)
  const planned = plannedToNow(schedule, now)
  const added = draft.isPosted
    ? 'added'
    : await subscriptions.add({
        guildId,
        channelId: channel.id,
        digestId: digest.id,
        schedule,
        createdAt: now,
        plannedUntil: planned.until,
        plannedKey: planned.key,
        place,
        addedBy: context.userId,
      })
  const posted = (await subscriptions.ofGuild(guildId)).find(
    (each) => each.digestId === digest.id && each.channelId === channel.id,
  )
  if (added === 'exists' && !isOfDraft(posted, draft, schedule, context)) {
    const facts = { title, channel: `<#${channel.id}>`, edit: context.mention('digest edit') }
    return shown(id, draft, context, { about: 'all', sentence: say('setup.exists', facts) })
  }
  await keepDraft(id, { ...draft, isPosted: true, schedule }, context)
  await dropMade(draft, context)
  if (draft.zone !== undefined && (await guilds.settings(guildId)).zone === undefined) {
    await guilds.change(guildId, { zone: draft.zone }, now)
  }
  return doneView({ title, channelId: channel.id, schedule, next }, posted?.id, context)
}

/** Whether another press of the same button has set it up, be it in another process. */
function isOfDraft(
  posted: Subscription | undefined,
  { begunAt }: SetupDraft,
  schedule: Schedule,
  { userId }: Context,
): boolean {
  if (posted === undefined || begunAt === undefined) return false
  return (
    posted.addedBy === userId && posted.createdAt >= begunAt && isDeepStrictEqual(posted.schedule, schedule)
  )
}

/** What will happen from now on, and what can be done at once. */
export function doneView(
  done: {
    readonly title: string
    readonly channelId: ChannelId
    readonly schedule: Schedule
    readonly next: readonly number[]
  },
  subscriptionId: SubscriptionId | undefined,
  { say, mention }: Context,
): View {
  const sentence = say('setup.done', {
    title: done.title,
    channel: `<#${done.channelId}>`,
    schedule: sayTimes(done.schedule, say.locale),
    next: sayNext(done.next),
    remove: mention('digest remove'),
  })
  if (subscriptionId === undefined) return noteView(sentence)
  return {
    components: [
      text(sentence),
      row(
        button(say('setup.firstNow'), { do: 'digest-now', subscriptionId }),
        button(say('button.look'), { do: 'digest-show', subscriptionId }),
      ),
    ],
  }
}

export function sayNext(slots: readonly number[]): string {
  return slots.map((slot) => timestamp(slot, 'f')).join(', ')
}

/** Nothing stays of it; a digest made here goes again unless it is posted somewhere. */
export async function cancelSetup(id: string, context: Context): Promise<View> {
  await dropMade(await openDraft(id, context), context)
  await context.drafts.drop(id)
  return noteView(context.say('setup.cancelled', { setup: context.mention('digest setup') }))
}

async function dropMade({ madeId }: SetupDraft, context: Context): Promise<void> {
  if (madeId === undefined) return
  const guildId = guildOf(context)
  const posted = await context.subscriptions.ofGuild(guildId)
  if (posted.some(({ digestId }) => digestId === madeId)) return
  await context.guildDigests.withdraw(guildId, madeId, context.now)
}

export async function keep(
  id: string,
  draft: SetupDraft,
  context: Context,
  problem?: SetupProblem,
): Promise<View> {
  await keepDraft(id, draft, context)
  return shown(id, draft, context, problem)
}

async function shown(id: string, draft: SetupDraft, context: Context, problem?: SetupProblem): Promise<View> {
  const state = await stateOf(id, draft, context)
  return setupView(problem === undefined ? state : { ...state, problem }, context.say)
}

async function stateOf(id: string, draft: SetupDraft, context: Context): Promise<SetupState> {
  const { library, guildDigests, guilds, now } = context
  const guildId = guildOf(context)
  const all = await library.digests(guildId)
  const own = new Set<string>((await guildDigests.list(guildId)).map((digest) => digest.id))
  const digests = all.toSorted((a, b) => Number(own.has(b.id)) - Number(own.has(a.id)))
  const digest = digests.find((each) => each.id === draft.digestId)
  const schedule = scheduleFor(draft, digest, await guilds.settings(guildId), context)
  const channel = draft.channelId === undefined ? undefined : await context.channel(draft.channelId)
  const usual = usualPlace(channel?.kind ?? 'text')
  return {
    draft: id,
    digests,
    own,
    digest,
    channel,
    place: draft.place?.kind === usual.kind ? draft.place : usual,
    schedule,
    next: nextSlots(schedule, now, 3),
    found: draft.madeId === digest?.id ? draft.found : [],
  }
}

export function written(name: string, { fields }: Given): string {
  return fields.get(name)?.join(' ').trim() ?? ''
}
