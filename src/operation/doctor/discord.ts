/** Discord: the account, Discord's clock beside ours, how interactions come, and every channel that digests are posted to. */
import type { Config } from '../../config.ts'
import type { Account, ChannelState, Inspection } from '../../discord/inspection.ts'
import type { ServedChannel } from '../../storage/inspection.ts'
import { type Finding, ok, problem, warning } from './finding.ts'
import { sayInteractions } from './interactions.ts'

/** More channels are not asked about: each takes a request or two. */
export const mostChannels = 200
const atOnce = 4
const mostOffMs = 5000
/** Discord tells the time in whole seconds. */
const halfSecondMs = 500

export async function checkDiscord(
  inspection: Inspection,
  config: Pick<Config, 'publicKey' | 'webPort' | 'roles'>,
  served: readonly ServedChannel[],
  progress: (line: string) => void,
): Promise<readonly Finding[]> {
  const account = await inspection.account()
  if (account.kind !== 'known') return [sayNoAccount(account)]
  return [
    ok('discord', `the token is that of ${account.name}.`),
    ...sayInstall(account),
    ...sayClock(account),
    ...sayInteractions(account, config),
    ...(await checkChannels(inspection, account.id, served, progress)),
  ]
}

type Known = Extract<Account, { kind: 'known' }>

function sayNoAccount(account: Exclude<Account, Known>): Finding {
  return account.kind === 'refused'
    ? problem(
        'discord',
        'it did not accept DISCORD_TOKEN.',
        'Copy the bot token anew from the Discord developer portal (Bot → Reset Token) into .env.',
      )
    : problem('discord', `it cannot be reached (${account.why}).`, 'Check the network, and DISCORD_API_URL.')
}

function sayInstall({ isForServers, isPublic, invite }: Known): readonly Finding[] {
  if (!isForServers) {
    return [
      problem(
        'install',
        'the application cannot be added to servers.',
        'In the developer portal, under Installation, allow "Guild Install".',
      ),
    ]
  }
  const whoever = isPublic ? 'whoever manages a server' : 'only its owner'
  return [ok('install', `${whoever} may add it: ${invite}`)]
}

function sayClock({ time }: Known): readonly Finding[] {
  if (time === undefined) return []
  const early = time.askedAt - halfSecondMs - (time.at + halfSecondMs)
  const late = time.answeredAt + halfSecondMs - (time.at + halfSecondMs)
  // Off by no more than this: the answer was written at some instant between the two.
  const off = early > 0 ? early : late < 0 ? -late : 0
  if (off <= mostOffMs) return [ok('clock', "agrees with Discord's.")]
  const which = early > 0 ? 'ahead of' : 'behind'
  return [
    problem(
      'clock',
      `this machine is ${Math.round(off / 1000)} s ${which} Discord.`,
      'Set it by NTP (timedatectl set-ntp true): digests come at the wrong time.',
    ),
  ]
}

async function checkChannels(
  { channel }: Inspection,
  botId: string,
  served: readonly ServedChannel[],
  progress: (line: string) => void,
): Promise<readonly Finding[]> {
  const ids = [...new Set(served.map(({ channelId }) => channelId))]
  const asked = ids.slice(0, mostChannels)
  const found: Finding[] = []
  for (let start = 0; start < asked.length; start += atOnce) {
    progress(`Looking at channel ${start + 1} of ${asked.length} …`)
    const some = asked.slice(start, start + atOnce)
    const states = await Promise.all(some.map((id) => channel(id, botId)))
    for (const [at, state] of states.entries()) {
      const digests = served.filter(({ channelId }) => channelId === some[at]).map(({ digestId }) => digestId)
      found.push(...sayChannel(some[at] ?? '', digests, state))
    }
  }
  const well = asked.length - found.length
  const more = ids.length > asked.length ? `; ${ids.length - asked.length} more were not looked at` : ''
  return ids.length === 0
    ? [ok('channels', 'no digest is posted anywhere yet; set one up with /digest setup.')]
    : [...found, ok('channels', `${well} of ${asked.length} can be posted in${more}.`)]
}

function sayChannel(id: string, digests: readonly string[], state: ChannelState): readonly Finding[] {
  const what = `(${digests.join(', ')})`
  switch (state.kind) {
    case 'fine':
      return []
    case 'lacks':
      return [
        problem(
          'channel',
          `#${state.name} ${what}: the bot lacks ${state.permissions.join(', ')}.`,
          'Grant it in the settings of the channel, under Permissions.',
        ),
      ]
    case 'hidden':
      return [
        problem(
          'channel',
          `${id} ${what}: the bot does not see it.`,
          'Let it see the channel, or invite it to the server again.',
        ),
      ]
    case 'gone':
      return [
        problem(
          'channel',
          `${id} ${what}: it was deleted.`,
          'Move the digest with /digest edit, or remove it.',
        ),
      ]
    case 'unknown':
      return [warning('channel', `${id} ${what}: Discord did not say (${state.why}).`, 'Ask again later.')]
  }
}
