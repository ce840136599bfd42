/** What is told to whoever can mend something: for every answer of Discord's, in every language, with what is lacking and where. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SourceId } from '../../../src/article/article.ts'
import type { ChannelId, GuildId, SubscriptionId, UserId } from '../../../src/digest/ledger.ts'
import type { GuildNotices, NoticeId, Problem, SeenServer } from '../../../src/digest/notice.ts'
import { sourceTroubles } from '../../../src/digest/source-health.ts'
import { outcomes } from '../../../src/discord/outcomes.ts'
import { catalogs } from '../../../src/discord/text/say.ts'
import { fits, weigh } from '../../../src/discord/views/layout.ts'
import { noticeView } from '../../../src/discord/views/notice-view.ts'

const guildId = '1' as GuildId
const channelId = '10' as ChannelId
const servers = new Map<GuildId, SeenServer>([
  [
    guildId,
    {
      ownerId: '100' as UserId,
      systemChannelId: undefined,
      locale: 'de',
      name: 'Hafen [@everyone]',
      channels: new Set([channelId]),
    },
  ],
])
const mention = (command: string): string => `</${command}:5>`

function told(problem: Problem, count = 1, id = guildId): GuildNotices {
  const notice = { id: 'n' as NoticeId, guildId: id, digestTitle: 'Harbour *Wire*', problem }
  return { guildId: id, first: [notice], count }
}

function shown(locale: string, guilds: readonly GuildNotices[]): string {
  const { components } = noticeView({ locale, guilds, servers, mention })
  assert.ok(fits(weigh(components)))
  return JSON.stringify(components)
}

const refusal = (code: string, missing: readonly string[] = []): Problem => ({
  kind: 'delivery',
  subscriptionId: 's' as SubscriptionId,
  channelId,
  code,
  reason: 'as the ledger has it',
  missing,
})

test('every refusal that somebody can mend is told in every language, with the digest, the channel and the remedy', () => {
  for (const locale of Object.keys(catalogs)) {
    for (const [code, outcome] of outcomes) {
      if (outcome.kind !== 'stop' && outcome.kind !== 'tell-owner') continue
      const text = shown(locale, [told(refusal(String(code)))])
      assert.match(text, /Harbour \\\\\*Wire\\\\\*/, `${locale} ${code}`)
      assert.match(text, /<#10>/, `${locale} ${code}`)
      assert.doesNotMatch(text, /[{}](count|digest|channel|reason)|as the ledger has it/, `${locale} ${code}`)
    }
    for (const trouble of sourceTroubles) {
      const address = 'https://radio.example/feed'
      const text = shown(locale, [
        told({ kind: 'source', sourceId: 'f' as SourceId, address, trouble, since: 0 }),
      ])
      assert.match(text, /radio\.example/, `${locale} ${trouble}`)
    }
  }
})

test('every permission that is missing is named as Discord names it', () => {
  const text = shown('en-GB', [told(refusal('50013', ['ViewChannel', 'SendMessages']))])
  assert.match(text, /in <#10>: there I lack “View Channel”, “Send Messages”\. Grant it/)
  assert.match(shown('de', [told(refusal('50013', ['SendMessages']))]), /„Nachrichten senden“/)
})

test('a channel or server that is gone is not linked, names are escaped, and more is counted', () => {
  const gone = { ...refusal('10003'), channelId: '11' as ChannelId }
  const text = shown('en', [told(gone, 5)])
  assert.doesNotMatch(text, /<#11>/)
  assert.match(text, /The channel no longer exists\. Choose another one/)
  assert.match(text, /on Hafen \\\\\[\\\\@everyone\\\\\]/)
  assert.match(text, /And 4 more problems/)
  assert.match(shown('en', [told(refusal('50001'), 1, '2' as GuildId)]), /I am no longer on that server/)
})
