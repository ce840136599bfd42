/** Every kind of place a digest can be posted in, with the real bot: set up by hand, posted in, and in trouble. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Channel, GuildSeed, RequestRecord, StoredMessage } from '../src/rehearsal/standin/types.ts'
import { memberId, openTestBot, ownerId, type TestBot, textOf, writeSettled } from './support/bot.ts'
import { callCard } from './support/card.ts'

const readersRole = '300000000000000001'
const sendInThreads = 1n << 38n
const silent = 1 << 12

const town: GuildSeed = {
  name: 'Town',
  ownerId,
  roles: [{ id: readersRole, name: 'readers', mentionable: true }],
  channels: [
    { name: 'news' },
    { name: 'loud', kind: 'announcement' },
    { name: 'quiet', kind: 'announcement' },
    {
      name: 'daily',
      kind: 'forum',
      tags: [{ name: 'News' }, { name: 'Wire' }, { name: 'Staff', moderated: true }],
    },
    { name: 'tagged', kind: 'forum', tags: [{ name: 'Digest' }], requireTag: true },
  ],
  members: [
    { id: ownerId, name: 'olivia' },
    { id: memberId, name: 'mika' },
  ],
}

interface Town extends TestBot {
  readonly guildId: string
  readonly channel: (name: string) => Channel
  readonly messages: (channelId: string) => readonly StoredMessage[]
  /** Posts the edition of that morning everywhere; resolves when so many deliveries have come to an end. */
  readonly morning: (day: string, ends: Readonly<Record<string, number>>) => Promise<void>
  readonly asked: (method: string, path: RegExp) => readonly RequestRecord[]
  readonly rest: () => void
}

async function openTown(t: TestContext): Promise<Town> {
  const bot = await openTestBot(t, { guilds: [town] })
  await bot.start()
  const { discord, clock } = bot
  const guildId = discord.world.guilds()[0]?.id ?? assert.fail()
  return {
    ...bot,
    guildId,
    channel: (name) => discord.world.channelNamed(name),
    messages: (channelId) => discord.world.messages(channelId),
    rest: () => clock.moveTo(clock.now() + 30_000),
    asked: (method, path) =>
      discord.requests.filter((each) => each.method === method && path.test(each.path)),
    morning: async (day, ends) => {
      const before = Object.keys(ends).map((event) => [event, bot.timesLogged(event)] as const)
      const taken = bot.timesLogged('articles.taken')
      await writeSettled(join(bot.digestsDir, `wire/articles/${day}.txt`), articles[day] ?? '')
      await bot.untilLogged('articles.taken', taken + 1)
      bot.approach(`${day}T07:30:00Z`)
      for (const [event, count] of before) await bot.untilLogged(event, count + (ends[event] ?? 0))
    },
  }
}

const only = <Item>(items: readonly Item[]): Item => {
  assert.equal(items.length, 1, JSON.stringify(items.length))
  return items[0] ?? assert.fail()
}

/** What each morning brings. */
const articles: Readonly<Record<string, string>> = {
  '2026-11-20': `Lighthouse keeper retires after forty years

Tom Farrow of Gull Point has kept the light since 1986.

He leaves it to a machine, and keeps the house below it. The harbour office thanked him with a barometer.
`,
  '2026-11-21': `Bakers of Lower Merrow strike for a day

No bread was sold in the lower town on Saturday.

The bakers want an hour more of sleep. Their guild meets the mill owners on Monday to talk about it.
`,
  '2026-11-22': `Old tram line is to run again

Two of the seven wooden cars have been repaired.

The line from the station to the fish market was closed in 1971. Volunteers will drive it on Sundays.
`,
}

const isCrosspost = /\/crosspost$/

test('a digest is posted in every kind of place, and what goes wrong there neither loses nor doubles it', async (t) => {
  const bot = await openTown(t)
  const { discord, owner, channel, rest, messages, asked } = bot
  const { world, admin, faults } = discord
  const setup = { subcommand: 'setup' }
  const card = async (place: string) => {
    rest()
    const begun = { times: '07:30', zone: 'UTC' }
    return (await callCard(owner, bot.channelId, 'digest', begun, setup)).choose('setup-channel', place)
  }
  const edit = async (at: number) => {
    rest()
    const list = await callCard(owner, bot.channelId, 'digest', {}, { subcommand: 'list' })
    await list.choose('digest-pick', list.offered('digest-pick').values[at] ?? '')
    return list.press('digest-edit')
  }
  const startThread = async (): Promise<string> => {
    const answer = await fetch(`${discord.api}/v10/channels/${bot.channelId}/threads`, {
      method: 'POST',
      headers: { authorization: 'Bot test-token-0123456789', 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'digests', type: 11 }),
    })
    const { id } = await answer.json()
    return String(id)
  }
  const thread = await startThread()
  await world.waitFor(() => (world.channel(thread) === undefined ? undefined : true), { what: 'the thread' })

  await t.test(
    'setup asks of a forum and an announcement channel only what they need, and names what is missing',
    async () => {
      const loud = await card(channel('loud').id)
      assert.ok(loud.verbs().includes('setup-crosspost') && !loud.verbs().includes('setup-posts'))
      assert.deepEqual(loud.offered('setup-crosspost').chosen, ['yes'])
      await loud.press('setup-post')
      const quiet = await card(channel('quiet').id)
      await quiet.choose('setup-crosspost', 'no')
      await quiet.press('setup-post')

      const daily = await card(channel('daily').id)
      assert.deepEqual(daily.offered('setup-posts').chosen, ['new'])
      assert.deepEqual(daily.offered('setup-tags').labels, ['News', 'Wire'])
      const [news = '', wire = ''] = daily.offered('setup-tags').values
      await daily.choose('setup-tags', news, wire)
      await daily.press('setup-post')

      const tagged = await card(channel('tagged').id)
      assert.ok(tagged.isAsleep('setup-post'))
      assert.match(tagged.text(), /That forum wants a tag on every post/)
      await tagged.choose('setup-posts', 'reused')
      await tagged.choose('setup-tags', tagged.offered('setup-tags').values[0] ?? '')
      assert.ok(!tagged.isAsleep('setup-post'))
      admin.setOverwrites(channel('tagged').id, [{ id: 'bot', deny: sendInThreads | (1n << 16n) }])
      await tagged.press('setup-preview')
      await tagged.press('setup')
      assert.match(tagged.text(), /there I lack “Send Messages in Threads”/)
      admin.setOverwrites(channel('tagged').id, [])
      await tagged.press('setup')
      await tagged.press('setup-post')
      assert.match(tagged.text(), /will be posted in/)

      const inThread = await card(thread)
      assert.ok(!inThread.verbs().some((verb) => /posts|tags|crosspost/.test(verb)))
      await inThread.press('setup-post')
    },
  )

  const mika = discord.member(memberId, { guildId: bot.guildId, locale: 'en-GB' })
  await t.test('a member has a digest sent to them, and sees it among what they follow', async () => {
    const given = { digest: 'wire', times: '07:30', zone: 'UTC' }
    const done = await mika.command(bot.channelId, 'subscribe', given)
    assert.ok(done.kind === 'message' && done.ephemeral)
    assert.match(textOf(done.message), /comes to you by direct message: 07:30/)
    const again = await mika.command(bot.channelId, 'subscribe', given)
    assert.ok(again.kind === 'message')
    assert.match(textOf(again.message), /comes to you already/)
    const list = await callCard(mika, bot.channelId, 'following')
    assert.match(list.text(), /Digests sent to you.*Harbour Wire\*\*: 07:30/s)
    rest()
    const ofServer = await callCard(owner, bot.channelId, 'digest', {}, { subcommand: 'list' })
    assert.equal(ofServer.offered('digest-pick').values.length, 5)
  })

  await t.test('role and silence are chosen, and hold in every kind of place', async () => {
    rest()
    const settings = await callCard(owner, bot.channelId, 'settings')
    await settings.choose('settings-role', readersRole)
    for (const [at, notice] of [
      [0, 'role'],
      [2, 'role'],
      [3, 'silent'],
    ] as const) {
      await (await edit(at)).choose('digest-notice', notice)
    }
  })

  await t.test(
    'each place has its digest: crossposted, as a forum post with title and tags, in a thread, in direct messages',
    async () => {
      admin.setArchived(thread, true)
      await bot.morning('2026-11-20', { 'delivery.sent': 6, 'crosspost.done': 1 })
      const loud = only(messages(channel('loud').id))
      assert.ok(loud.crossposted)
      assert.deepEqual(loud.pings, { everyone: false, users: [], roles: [readersRole] })
      assert.equal(only(messages(channel('quiet').id)).crossposted, false)

      const post = only(world.threads(channel('daily').id))
      assert.equal(post.name, 'Harbour Wire · November 20, 2026')
      assert.equal(post.wire.applied_tags?.length, 2)
      assert.deepEqual(only(messages(post.id)).pings.roles, [readersRole])
      const asked20 = only(asked('POST', new RegExp(`^/channels/${channel('daily').id}/threads$`))).body
      assert.ok(
        JSON.stringify(asked20).includes(`"allowed_mentions":{"parse":[],"roles":["${readersRole}"]}`),
      )

      const reused = only(world.threads(channel('tagged').id))
      assert.equal(reused.name, 'Harbour Wire')
      assert.ok((only(messages(reused.id)).wire.flags & silent) !== 0)
      assert.equal(messages(thread).length, 1)
      assert.equal(world.channel(thread)?.wire.thread_metadata?.archived, false)
      assert.match(textOf(only(directMessages(bot))), /Harbour Wire · No\. 1/)
    },
  )

  await t.test(
    'a forum post whose answer was lost is found, not posted again; one that is gone is opened anew',
    async () => {
      const [reused] = world.threads(channel('tagged').id)
      admin.deleteChannel(reused?.id ?? '')
      admin.setArchived(thread, true, true)
      discord.admin.setDirectMessages(memberId, false)
      const path = new RegExp(`^/channels/${channel('daily').id}/threads$`)
      faults.inject({ method: 'POST', path, effect: { kind: 'drop', when: 'after' } })
      const limited = { kind: 'rate-limit', retryAfterMs: 20 * 60_000, scope: 'shared' } as const
      faults.inject({ method: 'POST', path: isCrosspost, effect: limited })
      await bot.morning('2026-11-21', {
        'delivery.sent': 3,
        'delivery.refused': 2,
        'delivery.postponed': 1,
        'crosspost.postponed': 1,
      })
      assert.equal(world.threads(channel('daily').id).length, 2)
      const anew = only(world.threads(channel('tagged').id))
      assert.equal(messages(anew.id).length, 1)
      assert.equal(messages(thread).length, 1)
      bot.clock.moveTo(bot.clock.now() + 25_000)
      await bot.untilLogged('delivery.sent', 10)
      assert.equal(world.threads(channel('daily').id).length, 2)
      assert.match(world.threads(channel('daily').id)[1]?.name ?? '', /November 21, 2026/)
    },
  )

  await t.test(
    'a crosspost that Discord put off is made up for once, and one whose answer was lost is not made twice',
    async () => {
      assert.deepEqual(
        messages(channel('loud').id).map((each) => each.crossposted),
        [true, false],
      )
      faults.inject({ method: 'POST', path: isCrosspost, effect: { kind: 'drop', when: 'after' } })
      bot.clock.moveTo(bot.clock.now() + 20 * 60_000)
      await bot.untilLogged('crosspost.postponed', 2)
      await bot.stop()
      await bot.start()
      bot.clock.moveTo(bot.clock.now() + 40_000)
      await bot.untilLogged('crosspost.done', 2)
      assert.deepEqual(
        messages(channel('loud').id).map((each) => each.crossposted),
        [true, true],
      )
      assert.equal(asked('POST', isCrosspost).at(-1)?.code, 40033)
      assert.ok(asked('POST', isCrosspost).every((each) => each.path.includes(channel('loud').id)))
    },
  )

  await t.test(
    'who closed their direct messages is paused with the reason, and goes on with a press',
    async () => {
      rest()
      const list = await callCard(mika, bot.channelId, 'following')
      assert.match(list.text(), /⚠️ Paused .*Discord does not let me write to you/)
      discord.admin.setDirectMessages(memberId, true)
      await list.press('mine-resume')
      assert.match(list.text(), /Next: <t:/)
      const lines = bot.logged.filter((line) => line.msg === 'delivery.refused').map((line) => line.code)
      assert.deepEqual(lines.toSorted(), ['160005', '50007'])
    },
  )

  await t.test(
    'the next edition goes into the reused post, and back to whoever opened up; the last word of a member ends it',
    async () => {
      admin.setArchived(thread, false)
      await bot.morning('2026-11-22', { 'delivery.sent': 6, 'crosspost.done': 1 })
      assert.equal(messages(only(world.threads(channel('tagged').id)).id).length, 2)
      assert.equal(world.threads(channel('daily').id).length, 3)
      assert.equal(messages(thread).length, 2)
      assert.equal(directMessages(bot).length, 2)
      rest()
      const list = await callCard(mika, bot.channelId, 'following')
      await list.choose('mine-stop', list.offered('mine-stop').values[0] ?? '')
      assert.match(list.text(), /No digest is sent to you/)
    },
  )
})

/** What the bot has written to the member. */
function directMessages({ discord }: TestBot): readonly StoredMessage[] {
  const places = discord.requests.flatMap(({ path }) => /^\/channels\/(\d+)\/messages$/.exec(path)?.[1] ?? [])
  const direct = [...new Set(places)].filter(
    (id) => discord.world.channel(id)?.wire.recipients?.[0]?.id === memberId,
  )
  return direct.flatMap((id) => discord.world.messages(id))
}
