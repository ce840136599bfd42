import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ChannelType, MessageFlags, PermissionFlagsBits as P } from 'discord.js'
import { openTestDiscord } from '../../support/standin.ts'
import { openClient } from './client.ts'
import { send } from './raw.ts'

const ada = '200000000000000001'

test('a wrong token, an unknown route, another version and broken JSON are told apart', async (t) => {
  const discord = await openTestDiscord(t, { token: 'right' })
  const right = { authorization: 'Bot right' }
  assert.equal((await send(discord, 'GET', '/users/@me', undefined, right)).status, 200)
  assert.equal((await send(discord, 'GET', '/users/@me')).status, 401)
  assert.equal((await send(discord, 'GET', '/users/@me', undefined, {})).status, 401)
  assert.equal((await send(discord, 'GET', '/nowhere', undefined, right)).status, 404)
  assert.equal((await send(discord, 'PUT', '/users/@me', undefined, right)).status, 405)
  assert.equal((await fetch(`${discord.api}/v9/users/@me`, { headers: right })).status, 400)
  const path = `${discord.api}/v10/channels/${discord.world.channelNamed('news').id}/messages`
  const broken = await fetch(path, {
    method: 'POST',
    headers: { ...right, 'content-type': 'application/json' },
    body: '{',
  })
  assert.equal(broken.status, 400)
  assert.ok((await broken.text()).includes('50109'))
})

test('what the bot may not do in a channel is refused with 50001 or 50013', async (t) => {
  const discord = await openTestDiscord(t, {
    guilds: [
      {
        name: 'Guarded',
        channels: [
          { name: 'hidden', overwrites: [{ id: 'everyone', deny: P.ViewChannel }] },
          { name: 'mute', overwrites: [{ id: 'everyone', deny: P.SendMessages }] },
          { name: 'bare', overwrites: [{ id: 'everyone', deny: P.EmbedLinks | P.AttachFiles }] },
          {
            name: 'ours',
            overwrites: [
              { id: 'everyone', deny: P.ViewChannel },
              { id: 'bot', allow: P.ViewChannel },
            ],
          },
          { name: 'voice', kind: 'category' },
        ],
      },
    ],
  })
  const post = async (name: string, body: unknown) =>
    (await send(discord, 'POST', `/channels/${discord.world.channelNamed(name).id}/messages`, body)).code ??
    200
  assert.equal(await post('hidden', { content: 'a' }), 50001)
  assert.equal(await post('mute', { content: 'a' }), 50013)
  assert.equal(await post('bare', { content: 'a' }), 200)
  assert.equal(await post('bare', { embeds: [{ title: 'a' }] }), 50013)
  assert.equal(await post('ours', { content: 'a' }), 200)
  assert.equal(await post('voice', { content: 'a' }), 50008)
  assert.equal((await send(discord, 'POST', '/channels/5/messages', { content: 'a' })).code, 10003)
  discord.admin.setOverwrites(discord.world.channelNamed('ours').id, [])
  discord.admin.setRolePermissions(discord.world.guilds()[0]?.id ?? '', 'everyone', P.ViewChannel)
  assert.equal(await post('ours', { content: 'a' }), 50013)
  assert.equal(await post('bare', { content: 'a' }), 50013)
  discord.admin.setRolePermissions(discord.world.guilds()[0]?.id ?? '', 'bot', P.Administrator)
  assert.equal(await post('hidden', { content: 'a' }), 200)
})

test('who would be notified follows allowed_mentions, permissions and mentionable roles', async (t) => {
  const role = '300000000000000001'
  const discord = await openTestDiscord(t, {
    guilds: [
      {
        name: 'G',
        botPermissions: P.MentionEveryone,
        roles: [{ id: role, name: 'readers' }],
        channels: [{ name: 'news' }],
      },
    ],
  })
  const member = discord.member(ada)
  const news = discord.world.channelNamed('news').id
  const content = `@everyone <@${ada}> <@&${role}>`
  const pingsOf = async (more: object) => {
    const answer = await send(discord, 'POST', `/channels/${news}/messages`, { content, ...more })
    return discord.world.message(news, String(answer.body.id))?.pings
  }
  const nobody = { everyone: false, users: [], roles: [] }
  assert.deepEqual(await pingsOf({}), { everyone: true, users: [member.user.id], roles: [role] })
  assert.deepEqual(await pingsOf({ allowed_mentions: { parse: [] } }), nobody)
  assert.deepEqual(await pingsOf({ allowed_mentions: { users: [ada] } }), { ...nobody, users: [ada] })
  const v2 = { content: undefined, flags: 1 << 15, components: [{ type: 10, content }] }
  assert.deepEqual(await pingsOf({ ...v2, allowed_mentions: { parse: ['roles'] } }), {
    ...nobody,
    roles: [role],
  })
  discord.admin.setRolePermissions(discord.world.guilds()[0]?.id ?? '', 'bot', 0n)
  assert.deepEqual(await pingsOf({}), { ...nobody, users: [ada] })
})

test('a forum post carries tags; a required or unknown tag, a missing right and a bad message are refused', async (t) => {
  const discord = await openTestDiscord(t, {
    allowBadRequests: true,
    guilds: [
      {
        name: 'G',
        channels: [
          {
            name: 'forum',
            kind: 'forum',
            requireTag: true,
            tags: [{ name: 'daily' }, { name: 'staff', moderated: true }],
          },
        ],
      },
    ],
  })
  const client = await openClient(discord)
  const forum = discord.world.channelNamed('forum')
  const [daily, staff] = forum.tags
  assert.ok(daily && staff)
  const channel = await client.channels.fetch(forum.id)
  assert.ok(channel?.type === ChannelType.GuildForum)
  const thread = await channel.threads.create({
    name: 'Monday',
    appliedTags: [daily.id],
    message: { content: 'first' },
  })
  assert.equal(discord.world.messages(thread.id)[0]?.wire.id, thread.id)
  await thread.send('second')
  assert.equal(discord.world.channel(thread.id)?.wire.message_count, 2)
  assert.deepEqual(
    (await channel.threads.fetchActive()).threads.map((one) => one.name),
    ['Monday'],
  )
  const create = (body: unknown) => send(discord, 'POST', `/channels/${forum.id}/threads`, body)
  const message = { content: 'a' }
  assert.equal((await create({ name: 'a', message })).code, 40067)
  assert.ok(
    (await create({ name: 'a', applied_tags: ['5'], message })).errors.includes(
      'applied_tags.0:APPLIED_TAGS_INVALID',
    ),
  )
  assert.ok(
    (await create({ name: 'a', applied_tags: [staff.id], message })).errors.includes(
      'applied_tags.0:APPLIED_TAGS_INVALID',
    ),
  )
  assert.ok(
    (await create({ name: 'a'.repeat(101), applied_tags: [daily.id], message })).errors.includes(
      'name:BASE_TYPE_BAD_LENGTH',
    ),
  )
  assert.ok(
    (await create({ name: 'a', auto_archive_duration: 5, message })).errors.includes(
      'auto_archive_duration:BASE_TYPE_CHOICES',
    ),
  )
  assert.equal((await create({ name: 'a', applied_tags: Array(6).fill(daily.id), message })).code, 50035)
  assert.equal((await create({ name: 'a', applied_tags: [daily.id] })).code, 50035)
  assert.equal((await create({ name: 'a', applied_tags: [daily.id], message: {} })).code, 50006)
  const flagged = { content: 'a', flags: 1 << 15, components: [{ type: 10, content: 'b' }] }
  const bad = await create({ name: 'a', applied_tags: [daily.id], message: flagged })
  assert.deepEqual(bad.errors, ['message.content:MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2'])
  assert.equal(discord.world.threads(forum.id).length, 1)
  assert.equal((await send(discord, 'POST', `/channels/${forum.id}/messages`, message)).code, 50008)
  discord.admin.setArchived(thread.id, true, true)
  assert.equal((await send(discord, 'POST', `/channels/${thread.id}/messages`, message)).code, 50083)
  discord.admin.setArchived(thread.id, false, true)
  assert.equal((await send(discord, 'POST', `/channels/${thread.id}/messages`, message)).code, 160005)
  discord.admin.setOverwrites(forum.id, [{ id: 'everyone', deny: P.SendMessages }])
  assert.equal((await create({ name: 'a', applied_tags: [daily.id], message })).code, 50013)
})

test('a thread hangs on its message once, and talking in it needs a right of its own', async (t) => {
  const discord = await openTestDiscord(t)
  const client = await openClient(discord)
  const news = discord.world.channelNamed('news')
  const channel = await client.channels.fetch(news.id)
  assert.ok(channel?.type === ChannelType.GuildText)
  const message = await channel.send('headline')
  const thread = await message.startThread({ name: 'Talk' })
  assert.equal(thread.id, message.id)
  const again = await send(discord, 'POST', `/channels/${news.id}/messages/${message.id}/threads`, {
    name: 'Again',
  })
  assert.equal(again.code, 160004)
  await thread.send('in the thread')
  discord.admin.setOverwrites(news.id, [{ id: 'everyone', deny: P.SendMessagesInThreads }])
  assert.equal((await send(discord, 'POST', `/channels/${thread.id}/messages`, { content: 'a' })).code, 50013)
  assert.equal((await send(discord, 'POST', `/channels/${news.id}/messages`, { content: 'a' })).status, 200)
})

test('published messages are published once, ten an hour, and edited three times an hour', async (t) => {
  let now = 1_700_000_000_000
  const discord = await openTestDiscord(t, {
    now: () => now,
    guilds: [{ name: 'G', channels: [{ name: 'wire', kind: 'announcement' }, { name: 'talk' }] }],
  })
  const wire = discord.world.channelNamed('wire').id
  const post = async (channelId: string) =>
    String((await send(discord, 'POST', `/channels/${channelId}/messages`, { content: 'a' })).body.id)
  const publish = async (channelId: string, id: string) =>
    await send(discord, 'POST', `/channels/${channelId}/messages/${id}/crosspost`)
  const first = await post(wire)
  assert.equal((await publish(wire, first)).status, 200)
  assert.equal((await publish(wire, first)).code, 40033)
  for (let count = 0; count < 9; count += 1) await publish(wire, await post(wire))
  const eleventh = await post(wire)
  assert.equal((await publish(wire, eleventh)).status, 429)
  now += 3_600_001
  assert.equal((await publish(wire, eleventh)).status, 200)
  const talk = discord.world.channelNamed('talk').id
  assert.equal((await publish(talk, await post(talk))).code, 50024)
  const codes: (number | undefined)[] = []
  for (let count = 0; count < 4; count += 1) {
    codes.push(
      (await send(discord, 'PATCH', `/channels/${wire}/messages/${first}`, { content: `${count}` })).code,
    )
  }
  assert.deepEqual(codes, [undefined, undefined, undefined, 20022])
})

test('a channel is renamed twice in ten minutes, then 20028; old messages are edited thirty times an hour', async (t) => {
  let now = 1_700_000_000_000
  const discord = await openTestDiscord(t, {
    now: () => now,
    guilds: [{ name: 'G', botPermissions: P.ManageChannels, channels: [{ name: 'news' }] }],
  })
  const news = discord.world.channelNamed('news').id
  const rename = (name: string) => send(discord, 'PATCH', `/channels/${news}`, { name })
  assert.deepEqual([(await rename('a')).status, (await rename('b')).status], [200, 200])
  const refused = await rename('c')
  assert.deepEqual([refused.status, refused.code, refused.body.retry_after], [429, 20028, 600])
  const { body } = await send(discord, 'POST', `/channels/${news}/messages`, { content: 'a' })
  now += 3_600_001
  const codes: (number | undefined)[] = []
  for (let count = 0; count < 31; count += 1) {
    codes.push(
      (await send(discord, 'PATCH', `/channels/${news}/messages/${String(body.id)}`, { content: `${count}` }))
        .code,
    )
  }
  assert.equal(codes.indexOf(30046), 30)
})

test('files are stored, shown by attachment:// and served again', async (t) => {
  const discord = await openTestDiscord(t)
  const client = await openClient(discord)
  const channel = await client.channels.fetch(discord.world.channelNamed('news').id)
  assert.ok(channel?.isSendable())
  const message = await channel.send({
    flags: MessageFlags.IsComponentsV2,
    files: [{ attachment: Buffer.from('bytes'), name: 'chart.png', description: 'A chart' }],
    components: [{ type: 12, items: [{ media: { url: 'attachment://chart.png' } }] }],
  })
  const attachment = message.attachments.first()
  assert.deepEqual([attachment?.name, attachment?.size, attachment?.description], ['chart.png', 5, 'A chart'])
  assert.equal(await (await fetch(attachment?.url ?? '')).text(), 'bytes')
  const [component] = discord.world.messages(channel.id)[0]?.wire.components ?? []
  assert.ok(component?.type === 12)
  assert.equal(component.items[0]?.media.url, attachment?.url)
})

test('a file above ten mebibytes is too large', async (t) => {
  const discord = await openTestDiscord(t)
  const form = new FormData()
  form.set('payload_json', JSON.stringify({ content: 'a' }))
  form.set('files[0]', new Blob([new Uint8Array(10 * 1024 * 1024 + 1)]), 'big.bin')
  const answer = await send(
    discord,
    'POST',
    `/channels/${discord.world.channelNamed('news').id}/messages`,
    form,
  )
  assert.deepEqual([answer.status, answer.code], [413, 40005])
})

test('a DM is opened once, written to, and refused with 50007 when the person closed theirs', async (t) => {
  const discord = await openTestDiscord(t)
  const client = await openClient(discord)
  discord.member(ada)
  const user = await client.users.fetch(ada)
  await user.send('hello')
  assert.equal(discord.world.messages(discord.member(ada).directMessages().id).length, 1)
  discord.admin.setDirectMessages(ada, false)
  await assert.rejects(user.send('again'), { code: 50007 })
  assert.equal((await send(discord, 'POST', '/users/@me/channels', { recipient_id: '5' })).code, 10013)
})

test('messages are listed newest first, before, after and around one, and edited only by their author', async (t) => {
  const discord = await openTestDiscord(t)
  const news = discord.world.channelNamed('news').id
  const member = discord.member(ada)
  const ids = Array.from({ length: 5 }, (_, index) => member.send(news, `${index}`).wire.id)
  const listed = async (query: string) => {
    const { body } = await send(discord, 'GET', `/channels/${news}/messages${query}`)
    return Array.isArray(body.list) ? body.list.map((one: { content: string }) => one.content).join('') : body
  }
  assert.equal(await listed(''), '43210')
  assert.equal(await listed('?limit=2'), '43')
  assert.equal(await listed(`?before=${ids[2]}`), '10')
  assert.equal(await listed(`?after=${ids[2]}&limit=1`), '3')
  assert.equal(await listed(`?around=${ids[2]}&limit=3`), '321')
  const path = `/channels/${news}/messages/${ids[0]}`
  assert.equal((await send(discord, 'PATCH', path, { content: 'a' })).code, 50005)
  assert.equal((await send(discord, 'DELETE', path)).code, 50013)
  assert.equal((await send(discord, 'GET', `/channels/${news}/messages/5`)).code, 10008)
})

test('the new components flag stays on a message, and a message cannot be emptied', async (t) => {
  const discord = await openTestDiscord(t)
  const path = `/channels/${discord.world.channelNamed('news').id}/messages`
  const components = [{ type: 10, content: 'a' }]
  const v2 = await send(discord, 'POST', path, { flags: 1 << 15, components })
  const edit = (body: unknown) => send(discord, 'PATCH', `${path}/${String(v2.body.id)}`, body)
  assert.equal((await edit({ components })).status, 200)
  assert.deepEqual((await edit({ flags: 0 })).errors, ['flags:MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG'])
  assert.deepEqual((await edit({ content: 'b' })).errors, [
    'content:MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ])
  assert.equal((await edit({ components: [] })).code, 50006)
  const old = await send(discord, 'POST', path, { content: 'b' })
  const upgrade = await send(discord, 'PATCH', `${path}/${String(old.body.id)}`, {
    flags: 1 << 15,
    content: null,
    components,
  })
  assert.equal(upgrade.status, 200)
})

test('single commands are created, changed, fetched and deleted, globally and in a guild', async (t) => {
  const discord = await openTestDiscord(t, { allowBadRequests: true })
  const guildId = discord.world.guilds()[0]?.id ?? ''
  const app = discord.world.applicationId
  for (const path of [`/applications/${app}/commands`, `/applications/${app}/guilds/${guildId}/commands`]) {
    const made = await send(discord, 'POST', path, { name: 'a', description: 'd' })
    assert.equal(made.status, 201)
    assert.equal((await send(discord, 'POST', path, { name: 'a', description: 'e' })).status, 200)
    const one = `${path}/${String(made.body.id)}`
    assert.equal((await send(discord, 'PATCH', one, { description: 'f' })).body.description, 'f')
    assert.equal((await send(discord, 'PATCH', one, { name: 'B' })).code, 50035)
    assert.equal((await send(discord, 'GET', one)).body.description, 'f')
    assert.equal((await send(discord, 'DELETE', one)).status, 204)
    assert.equal((await send(discord, 'GET', one)).code, 10063)
  }
  assert.equal((await send(discord, 'GET', '/applications/5/commands')).code, 10002)
})
