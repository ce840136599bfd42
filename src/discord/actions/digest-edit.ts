/** Changing what is posted: each choice takes effect at once, and the card says so. */
import type { ChannelId, Notice, SubscriptionChange, SubscriptionId } from '../../digest/ledger.ts'
import { textPlace, usualPlace } from '../../digest/place.ts'
import { usualSchedule } from '../../digest/usual-times.ts'
import { UserError } from '../../errors.ts'
import type { Context, Given } from '../context.ts'
import { readTypedTimes } from '../typed-times.ts'
import { foreign } from '../views/foreign.ts'
import type { FormView } from '../views/form.ts'
import type { View } from '../views/layout.ts'
import { timesForm } from '../views/setup-form.ts'
import { contentsForm, subscriptionEditView } from '../views/subscription-edit-view.ts'
import { detailsOf, findSubscription } from './digest.ts'
import { changeOwnDigest, ownDigest } from './own-digest.ts'
import { type PlaceChoice, placeChosen } from './place-choice.ts'
import { guildOf, sentenceOf } from './problem.ts'
import { written } from './setup.ts'

export async function editDigest(id: SubscriptionId, context: Context, note?: string): Promise<View> {
  const { roleId } = await context.guilds.settings(guildOf(context))
  return subscriptionEditView(await detailsOf(id, context, note), roleId, context.say)
}

/** One of the menus was used. */
export async function chooseInEdit(
  what: 'channel' | 'times' | 'notice' | PlaceChoice,
  id: SubscriptionId,
  context: Context & Given,
): Promise<View> {
  const [value = ''] = context.values
  switch (what) {
    case 'channel':
      return moveTo(id, value as ChannelId, context)
    case 'posts':
    case 'tags':
    case 'crosspost': {
      const { place = textPlace } = await findSubscription(id, context)
      return change(id, { place: placeChosen(place, what, context.values) }, context)
    }
    case 'times': {
      const { schedule: standing } = await findSubscription(id, context)
      const schedule = usualSchedule(value, standing.zone)
      return schedule === undefined ? editDigest(id, context) : change(id, { schedule }, context)
    }
    case 'notice':
      return change(id, { notice: noticeOf(value) }, context)
  }
}

/** A channel of another kind begins with what is usual there. */
async function moveTo(id: SubscriptionId, channelId: ChannelId, context: Context & Given): Promise<View> {
  const standing = await findSubscription(id, context)
  if (channelId === standing.channelId) return editDigest(id, context)
  const seen = (await context.channel(channelId)) ?? context.channels.find((each) => each.id === channelId)
  return change(id, { channelId, place: usualPlace(seen?.kind ?? 'text') }, context)
}

function noticeOf(value: string): Notice {
  return value === 'silent' || value === 'role' ? value : 'usual'
}

export async function openEditTimes(id: SubscriptionId, context: Context): Promise<FormView> {
  const { schedule } = await findSubscription(id, context)
  return timesForm({ do: 'digest-times-sent', subscriptionId: id }, schedule, undefined, context.say)
}

export async function takeEditTimes(id: SubscriptionId, context: Context & Given): Promise<View> {
  const { schedule: standing } = await findSubscription(id, context)
  const zone = written('zone', context)
  try {
    const typed = { times: written('times', context), ...(zone === '' ? {} : { zone }) }
    return await change(id, { schedule: readTypedTimes(typed, standing, context.locale) }, context)
  } catch (error) {
    return editDigest(id, context, `⚠️ ${sentenceOf(error, context)}`)
  }
}

async function change(id: SubscriptionId, wanted: SubscriptionChange, context: Context): Promise<View> {
  const { subscriptions, say, now } = context
  const { digestId } = await findSubscription(id, context)
  const outcome = await subscriptions.change(guildOf(context), id, wanted, now)
  switch (outcome) {
    case 'changed':
      return editDigest(id, context, `✓ ${say('edit.changed')}`)
    case 'exists': {
      const title = (await context.library.findDigest(digestId))?.title ?? digestId
      const channel = `<#${wanted.channelId}>`
      const facts = { title: foreign(title, 100), channel, edit: context.mention('digest edit') }
      return editDigest(id, context, `⚠️ ${say('setup.exists', facts)}`)
    }
    case 'busy':
      return editDigest(id, context, `⚠️ ${say('edit.busy')}`)
    case 'unknown':
      throw new UserError('subscription-gone', 'That digest is no longer posted here.')
  }
}

export async function openContents(id: SubscriptionId, context: Context): Promise<FormView> {
  const { digestId } = await findSubscription(id, context)
  const digest = await ownDigest(digestId, context)
  return contentsForm({ do: 'digest-contents-sent', subscriptionId: id }, digest, context.say)
}

export async function takeContents(id: SubscriptionId, context: Context & Given): Promise<View> {
  const { digestId } = await findSubscription(id, context)
  const title = written('title', context)
  const parted = written('sections', context)
  const sections = parted === 'topics' || parted === 'language' ? parted : 'none'
  const quiet = written('quiet', context)
  await changeOwnDigest(
    digestId,
    (standing) => ({
      title: title === '' ? standing.title : title,
      language: written('language', context) || standing.language,
      size: Number(written('size', context)) || standing.size,
      sections,
      sectionSize: sections === 'none' ? undefined : standing.sectionSize,
      quiet: { ...standing.quiet, do: quiet === 'say' || quiet === 'skip' ? quiet : 'post' },
    }),
    context,
  )
  return editDigest(id, context, `✓ ${context.say('edit.changed')}`)
}
