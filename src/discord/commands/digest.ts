/** Setting up, listing and stopping the digests of a server. */

import { isZone, nextSlots, readTimes, type Schedule, weekdays } from '../../digest/schedule.ts'
import { UserError } from '../../errors.ts'
import type { Say } from '../text/say.ts'
import { foreign } from '../views/foreign.ts'
import { noteView } from '../views/list-view.ts'
import { timestamp } from '../views/time.ts'
import { command } from './command.ts'

export const digestSetup = command({
  name: 'digest setup',
  forOwners: true,
  options: {
    digest: { kind: 'digest', required: true },
    channel: { kind: 'channel', required: true },
    times: { kind: 'text', required: false },
    zone: { kind: 'text', required: false },
  },
  async run({ options, subscriptions, guildId, say, now, mention }) {
    const { digest, channel } = options
    if (guildId === undefined) throw new UserError('guild-only', 'This command works on a server only.')
    if (channel.missing.length > 0) return noteView(missingPermissions(channel.id, channel.missing, say))
    const schedule: Schedule = {
      times: options.times === undefined ? digest.schedule.times : timesTyped(options.times),
      weekdays: options.times === undefined ? digest.schedule.weekdays : [...weekdays],
      zone: options.zone === undefined ? digest.schedule.zone : zoneTyped(options.zone),
    }
    const facts = { title: foreign(digest.title, 120), channel: `<#${channel.id}>` }
    const added = await subscriptions.add({
      guildId,
      channelId: channel.id,
      digestId: digest.id,
      schedule,
      createdAt: now,
      plannedUntil: now,
    })
    if (added === 'exists') return noteView(say('setup.exists', facts))
    return noteView(
      say('setup.done', {
        ...facts,
        schedule: sayTimes(schedule, say),
        next: sayNext(schedule, now),
        remove: mention('digest remove'),
      }),
    )
  },
})

export const digestList = command({
  name: 'digest list',
  forOwners: true,
  options: {},
  async run({ library, subscriptions, guildId, say, now, mention }) {
    if (guildId === undefined) throw new UserError('guild-only', 'This command works on a server only.')
    const posted = await subscriptions.ofGuild(guildId)
    const lines = await Promise.all(
      posted.slice(0, 25).map(async (each) =>
        say('subscriptions.line', {
          title: foreign((await library.findDigest(each.digestId))?.title ?? each.digestId, 100),
          channel: `<#${each.channelId}>`,
          schedule: sayTimes(each.schedule, say),
          next: sayNext(each.schedule, now),
        }),
      ),
    )
    return noteView(
      lines.length === 0 ? say('subscriptions.none', { setup: mention('digest setup') }) : lines.join('\n'),
    )
  },
})

export const digestRemove = command({
  name: 'digest remove',
  forOwners: true,
  options: {
    digest: { kind: 'digest', required: true },
    channel: { kind: 'channel', required: false },
  },
  async run({ options, subscriptions, guildId, say, mention }) {
    if (guildId === undefined) throw new UserError('guild-only', 'This command works on a server only.')
    const posted = await subscriptions.ofGuild(guildId)
    const meant = posted.filter(
      (each) =>
        each.digestId === options.digest.id &&
        (options.channel === undefined || each.channelId === options.channel.id),
    )
    if (meant.length === 0) {
      throw new UserError('subscription-unknown', 'No digest of that name is posted here.', {
        list: mention('digest list'),
      })
    }
    for (const each of meant) await subscriptions.remove(guildId, each.id)
    return noteView(
      meant
        .map((each) =>
          say('subscriptions.removed', {
            title: foreign(options.digest.title, 120),
            channel: `<#${each.channelId}>`,
          }),
        )
        .join('\n'),
    )
  },
})

function timesTyped(typed: string): string[] {
  const times = readTimes(typed)
  if (times === undefined) {
    throw new UserError('times', `"${typed}" is not a list of times such as 07:30, 18:00.`, {
      typed: foreign(typed, 60),
    })
  }
  return [...times]
}

function zoneTyped(typed: string): string {
  if (!isZone(typed.trim())) {
    throw new UserError('zone', `"${typed}" is not a time zone such as Europe/Berlin.`, {
      typed: foreign(typed, 60),
    })
  }
  return typed.trim()
}

function missingPermissions(channelId: string, missing: readonly string[], say: Say): string {
  const named = missing.map((each) => {
    switch (each) {
      case 'ViewChannel':
      case 'SendMessages':
      case 'SendMessagesInThreads':
        return say(`permission.${each}`)
      default:
        return each
    }
  })
  return say('permissions.missing', { channel: `<#${channelId}>`, permissions: named.join(', ') })
}

function sayTimes(schedule: Schedule, say: Say): string {
  return say('setup.schedule', { times: schedule.times.join(', '), zone: schedule.zone })
}

function sayNext(schedule: Schedule, now: number): string {
  return nextSlots(schedule, now, 1)
    .map((slot) => timestamp(slot, 'f'))
    .join(', ')
}
