/**
 * What is in the way of digests and feeds, for whoever can mend it: each with what is lacking and the remedy, as many as there is room for.
 * Channels are named and nobody is mentioned.
 */
import type { GuildNotices, NoticeMessage, ProblemNotice } from '../../digest/notice.ts'
import { type Say, sayIn } from '../text/say.ts'
import { sayTrouble } from './feed-words.ts'
import { foreign } from './foreign.ts'
import { container, separator, text, type View } from './layout.ts'
import { sayPermissions, sayRefusal } from './permission-words.ts'
import { timestamp } from './time.ts'

/** Problems at length in one message, so that it stays within its limits whatever they say. */
const mostAtLength = 5

type Servers = NoticeMessage['servers']

export function noticeView({ locale, guilds, servers, mention }: NoticeMessage): View {
  const say = sayIn(locale)
  const shown = guilds.flatMap(({ first }) => first).slice(0, mostAtLength)
  const more = guilds.reduce((sum, { count }) => sum + count, 0) - shown.length
  return {
    components: [
      container([
        text(`## ${heading(guilds, servers, say)}`),
        ...shown.map((notice) => text(sentence(notice, guilds.length > 1, servers, say))),
        ...(more > 0 ? [text(say('notice.more', { count: more }))] : []),
        separator,
        text(`-# ${say('notice.once', { list: mention('digest list'), status: mention('status') })}`),
      ]),
    ],
  }
}

function heading(guilds: readonly GuildNotices[], servers: Servers, say: Say): string {
  const [only, ...others] = guilds
  const name = only === undefined || others.length > 0 ? undefined : servers.get(only.guildId)?.name
  return name === undefined ? say('notice.headingAny') : say('notice.heading', { server: foreign(name, 100) })
}

function sentence(notice: ProblemNotice, namesServer: boolean, servers: Servers, say: Say): string {
  const name = namesServer ? servers.get(notice.guildId)?.name : undefined
  const place = name === undefined ? '' : `**${foreign(name, 100)}**: `
  return `⚠️ ${place}${problemIn(notice, servers, say)}`
}

function problemIn({ guildId, digestTitle, problem }: ProblemNotice, servers: Servers, say: Say): string {
  const digest = foreign(digestTitle, 100)
  if (problem.kind === 'source') {
    const { address, trouble, since } = problem
    return say('notice.source', {
      address: foreign(address, 200),
      digest,
      since: timestamp(since, 'D'),
      reason: sayTrouble(trouble, address, say),
    })
  }
  const server = servers.get(guildId)
  if (server === undefined) {
    return say('notice.noChannel', { digest, reason: say('outcome.guild-gone') })
  }
  const { channelId, missing } = problem
  const reason = sayRefusal(problem, missing, say)
  if (!server.channels.has(channelId)) return say('notice.noChannel', { digest, reason })
  const channel = `<#${channelId}>`
  return missing.length > 0
    ? say('notice.missing', { digest, channel, permissions: sayPermissions(missing, say) })
    : say('notice.refused', { digest, channel, reason })
}
