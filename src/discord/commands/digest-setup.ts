/** `/digest setup`: a card that asks for nothing it can guess. With digest and channel named it is done at once, without the card. */
import { plannedToNow } from '../../digest/due-slots.ts'
import { usualPlace } from '../../digest/place.ts'
import { nextSlots } from '../../digest/schedule.ts'
import { guildOf } from '../actions/problem.ts'
import { beginSetup, doneView } from '../actions/setup.ts'
import type { Context } from '../context.ts'
import { readTypedTimes } from '../typed-times.ts'
import { foreign } from '../views/foreign.ts'
import type { View } from '../views/layout.ts'
import { noteView } from '../views/list-view.ts'
import { sayMissing } from '../views/permission-words.ts'
import { lacksTag } from '../views/place-menus.ts'
import { command, type Options } from './command.ts'

const options = {
  digest: { kind: 'digest', required: false },
  channel: { kind: 'channel', required: false },
  times: { kind: 'text', required: false },
  zone: { kind: 'zone', required: false },
} as const

export const digestSetup = command({
  name: 'digest setup',
  forOwners: true,
  options,
  run: (context) => {
    const { digest, channel, times, zone } = context.options
    const place = channel === undefined ? undefined : usualPlace(channel.kind)
    if (digest !== undefined && channel !== undefined && !lacksTag(place, channel)) {
      return subscribe({ ...context.options, digest, channel }, context)
    }
    return beginSetup({ digestId: digest?.id, channelId: channel?.id, times, zone }, context)
  },
})

type Named = Options<typeof options>

/** What is not typed stays as the digest has it, in the zone that the server has set. */
async function subscribe(
  { digest, channel, times, zone }: Named & { [Name in 'digest' | 'channel']: NonNullable<Named[Name]> },
  context: Context,
): Promise<View> {
  const { subscriptions, guilds, say, now } = context
  const guildId = guildOf(context)
  const missing = sayMissing(channel, say)
  if (missing !== undefined) return noteView(missing)
  const settings = await guilds.settings(guildId)
  const standing = settings.zone === undefined ? digest.schedule : { ...digest.schedule, zone: settings.zone }
  const schedule = readTypedTimes({ times, zone }, standing, context.locale)
  const planned = plannedToNow(schedule, now)
  const added = await subscriptions.add({
    guildId,
    channelId: channel.id,
    digestId: digest.id,
    schedule,
    createdAt: now,
    plannedUntil: planned.until,
    plannedKey: planned.key,
    addedBy: context.userId,
    place: usualPlace(channel.kind),
  })
  const title = foreign(digest.title, 120)
  if (added === 'exists') {
    const edit = context.mention('digest edit')
    return noteView(say('setup.exists', { title, channel: `<#${channel.id}>`, edit }))
  }
  const posted = await subscriptions.ofGuild(guildId)
  const own = posted.find((each) => each.digestId === digest.id && each.channelId === channel.id)
  return doneView(
    { title, channelId: channel.id, schedule, next: nextSlots(schedule, now, 3) },
    own?.id,
    context,
  )
}
