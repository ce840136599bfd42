/** `/feed` as owners use it, with the real bot, hosts on loopback and a stand-in Discord. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { writeSettled } from '../support/bot.ts'
import { type Card, callCard, readable } from '../support/card.ts'
import { type FeedItem, rss, sends, wholeText } from '../support/feeds.ts'
import { type Owner, openOwner } from '../support/owner.ts'

const ferries: readonly FeedItem[] = [
  { title: 'Ferries to Skerra resume', body: wholeText, date: 'Fri, 20 Nov 2026 05:30:00 GMT' },
  { title: 'Pier at Tarrow reopens', date: 'Fri, 20 Nov 2026 04:30:00 GMT' },
  { title: 'Old lighthouse sold', date: 'Thu, 19 Nov 2026 04:30:00 GMT' },
  { title: 'Boat race postponed', date: 'Wed, 18 Nov 2026 04:30:00 GMT' },
]

/** Polls again and again until the list says so: a poll is a matter of time, and the clock is ours. */
async function untilListed({ call, bot }: Owner, said: RegExp): Promise<Card> {
  for (let tried = 1; ; tried += 1) {
    // Counted first: what the list does not say yet is logged after that.
    const polls = bot.timesLogged('source.polled')
    const card = await call('feed list')
    if (said.test(card.text())) return card
    assert.ok(tried < 40, `never ${said}: ${card.text()}`)
    await bot.untilLogged('source.polled', polls + 1)
  }
}

test('a first feed is tried out, begins a digest, is read, dies, and is taken away', async (t) => {
  let status = 200
  const owner = await openOwner(t, {
    '/feed.xml': (request, response, host) =>
      status === 200
        ? sends(rss('Estuary Radio', ferries))?.(request, response, host)
        : void response.writeHead(status).end(),
    '/other.xml': sends(rss('Saltmere Post', [{ title: 'Divers map a reef' }])),
  })
  const { bot, host, call, later } = owner
  const address = `${host.url}/feed.xml`

  assert.match((await call('feed list')).text(), /no digest of its own yet\. <\/feed add:\d+> begins one/)

  const tried = await call('feed test', { address })
  assert.match(tried.text(), /Nothing was added/)
  assert.match(tried.text(), /Estuary Radio\]\(http.*feed · English · 4 articles at present/s)
  assert.match(
    tried.text(),
    /Ferries to Skerra resume.*<t:\d+:R> · full text.*Pier at Tarrow.*teaser.*Old lighthouse/s,
  )
  assert.doesNotMatch(tried.text(), /Boat race/)
  assert.match((await call('feed list')).text(), /no digest of its own/)

  const added = await tried.press('feed-take')
  assert.match(added.text(), /I have begun one: \*\*Test\*\*, with \*\*Estuary Radio\*\* as its first feed/)
  assert.match(added.text(), /Next: <\/digest setup:\d+> chooses the channel/)
  assert.deepEqual(added.verbs(), [])

  const read = await untilListed(owner, /read <t:\d+:R>/)
  assert.match(
    read.text(),
    /### Test · 1 feed\n\*\*\[Estuary Radio\]\(http:\S+\)\*\*\n-# read <t:\d+:R> · next <t:\d+:R> · 4 articles in 7 days/,
  )

  assert.match(
    (await call('feed add', { address: `${address}#top` })).text(),
    /is a feed of \*\*Test\*\* already/,
  )
  const second = await call('feed add', { address: `${host.url}/other.xml`, name: 'The Post' })
  assert.match(second.text(), /\*\*Saltmere Post\*\* is now a feed of \*\*Test\*\*/)
  assert.match((await call('feed list')).text(), /Test · 2 feeds.*The Post/s)

  status = 500
  later(24 * 60)
  const failing = await untilListed(owner, /⚠️/)
  assert.match(
    failing.text(),
    /Test · 2 feeds\n\*\*\[Estuary Radio\].*\n⚠️ 127\\?.0.0.1 answers with an error of its own\. I try again by myself\.\n-# since <t:\d+:f> · next/,
    'what fails comes first',
  )

  await bot.stop()
  await bot.start()
  assert.match((await call('feed list')).text(), /⚠️ 127\\?.0.0.1 answers with an error/)
  status = 200
  later(24 * 60)
  const well = await untilListed(owner, /Estuary Radio\S+\n-# read/)
  assert.doesNotMatch(well.text(), /⚠️/)

  const [[name, chosen] = ['', '']] = await owner.offered('feed remove', 'feed', 'estu')
  assert.equal(name, 'Estuary Radio · Test')
  const asked = await call('feed remove', { feed: chosen })
  assert.match(asked.text(), /Shall \*\*Estuary Radio\*\* no longer be a feed of \*\*Test\*\*\?/)
  assert.match((await asked.press('feed-list')).text(), /Test · 2 feeds/)
  const again = await call('feed remove', { feed: address })
  assert.match((await again.press('feed-drop')).text(), /is no longer a feed of/)
  assert.match((await call('feed remove', { feed: 'the post' })).text(), /Shall \*\*The Post\*\*/)
  const last = await (await call('feed remove', { feed: 'the post' })).press('feed-drop')
  assert.match(last.text(), /only feed of \*\*Test\*\*.*<\/feed add:\d+>.*<\/digest remove:\d+>/)
  assert.match(
    (await call('feed remove', { feed: 'estuary radio' })).text(),
    /No digest of this server has a feed called “estuary radio”/,
  )
})

/** The id of the one digest of the server that is offered for what was typed. */
async function digestNamed({ offered }: Owner, typed: string): Promise<string> {
  const digests = [...(await offered('feed list', 'digest', typed)).values()]
  assert.equal(digests.length, 1)
  return digests[0] ?? ''
}

test('a site is searched for its feeds; of several feeds, and of several digests, one is chosen', async (t) => {
  const page = (head: string, body = '') =>
    sends(`<html lang="de"><head><title>x</title>${head}</head><body>${body}</body></html>`, 'text/html')
  const link = (href: string, title: string) =>
    `<link rel="alternate" type="application/rss+xml" href="${href}" title="${title}">`
  const owner = await openOwner(t, {
    '/two': page(
      link('/sport.xml', 'Sport') + link('/town.xml', 'Stadt') + link('/comments/feed', 'Kommentare'),
    ),
    '/one': page(link('/town.xml', 'Stadt') + link('/comments/feed', 'Kommentare')),
    '/sport.xml': sends(rss('Sport aus Tarrow', [{ title: 'Ruderer gewinnen' }])),
    '/town.xml': sends(
      rss('Stadt @everyone [klick](https://böse.example)', [{ title: '# Rathaus <@1> wird saniert' }]),
    ),
    '/guessed/': page('', '<p>Willkommen</p>'),
    '/guessed/rss.xml': sends(rss('Erraten', [{ title: 'Gefunden' }])),
    '/links': page(
      '',
      ['harbour-gets-a-new-crane', 'school-opens-again-in-spring', 'winter-timetable-of-the-ferries']
        .map(
          (slug) => `<h2><a href="/2026/11/${slug}">A headline about ${slug.replaceAll('-', ' ')}</a></h2>`,
        )
        .join(''),
    ),
    '/nothing': page('', '<p>Impressum</p>'),
    '/picture': sends('x', 'image/png'),
    '/denied': (_, response) => void response.writeHead(403).end(),
  })
  const { bot, host, call } = owner

  const several = await call('feed add', { address: `${host.url}/two` }, 'de')
  assert.match(several.text(), /127\\?.0.0.1 bietet mehrere Feeds an/)
  assert.deepEqual(several.offered('feed-pick').labels, ['Sport', 'Stadt'])
  const begun = await several.choose('feed-pick', '1')
  assert.match(begun.text(), /einen begonnen: \*\*Test\*\*, mit \*\*Stadt \\@everyone \\\[klick/)
  assert.match(begun.text(), /\*\*\[?\\?# Rathaus \\<\\@1\\>|Rathaus \\<\\@1\\> wird saniert/)
  assert.deepEqual(begun.message().pings, { everyone: false, users: [], roles: [] })

  assert.match(
    (await call('feed test', { address: `${host.url}/one` }, 'de')).text(),
    /Das würde kommen.*Stadt/s,
  )
  assert.match((await call('feed test', { address: `${host.url}/guessed/` })).text(), /Erraten/)
  const followed = await call('feed add', { address: `${host.url}/links` })
  assert.match(
    followed.text(),
    /page without a feed · 3 articles.*A headline about harbour.*I follow the links/s,
  )

  const problems: readonly (readonly [address: string, said: RegExp])[] = [
    ['no address', /no web address/],
    ['ftp://example.org/feed', /no web address/],
    ['http://10.0.0.7/feed.xml', /10\\?.0.0.7 is not on the public internet/],
    ['http://[::1]:8080/feed.xml', /not on the public internet/],
    ['http://169.254.169.254/latest', /not on the public internet/],
    ['http://me:secret@example.org/feed', /no web address/],
    [`${host.url}/nowhere`, /nothing at that address/],
    [`${host.url}/nothing`, /neither a feed nor links/],
    [`${host.url}/picture`, /no feed that I can read/],
    [`${host.url}/denied`, /does not let me read/],
  ]
  for (const [address, said] of problems) {
    assert.match((await call('feed add', { address })).text(), said, address)
  }

  owner.later(1)
  const setup = await callCard(bot.owner, bot.channelId, 'digest', {}, { subcommand: 'setup' })
  await setup.fill('setup-own-form', { title: 'Sport', addresses: `${host.url}/sport.xml` })
  const asked = await call('feed add', { address: `${host.url}/guessed/rss.xml` })
  assert.match(asked.text(), /To which digest shall I add \*\*Erraten\*\*\?.*Gefunden/s)
  assert.deepEqual(asked.offered('feed-into').labels, ['Sport', 'Test'])
  const placed = await asked.choose('feed-into', await digestNamed(owner, 'Spo'))
  assert.match(placed.text(), /\*\*Erraten\*\* is now a feed of \*\*Sport\*\*/)
  const test = await call('feed test', { address: `${host.url}/sport.xml` })
  const which = await test.press('feed-take')
  assert.match(which.text(), /To which digest/)
  assert.match(
    (await which.choose('feed-into', await digestNamed(owner, 'Test'))).text(),
    /is now a feed of \*\*Test\*\*.*It is a feed of Sport too/s,
  )
  assert.match((await call('feed list')).text(), /### Sport · 2 feeds.*### Test · 3 feeds/s)
  assert.doesNotMatch((await call('feed list', { digest: 'sport' })).text(), /Test · /)
  assert.match(
    (await call('feed import', { file: bot.owner.upload('x', Buffer.from('')) })).text(),
    /several digests of its own: Sport, Test/,
  )
  const house = await call('feed add', { address: `${host.url}/sport.xml`, digest: 'wire' })
  assert.match(house.text(), /\*\*Harbour Wire\*\* is kept by my operator and cannot be changed here/)
  const late = await call('feed test', { address: `${host.url}/sport.xml` })
  owner.later(25 * 60)
  assert.match(
    (await late.press('feed-take')).text(),
    /begun too long ago\. Begin anew with <\/feed add:\d+>/,
  )
})

test('lists of feeds come in as a file and go out as one', async (t) => {
  const owner = await openOwner(t, {
    '/a.xml': sends(rss('A', [{ title: 'One' }])),
    '/b.xml': sends(rss('B', [{ title: 'Two' }])),
  })
  const { bot, host, call } = owner
  const outline = (url: string, title: string) => `<outline type="rss" text="${title}" xmlUrl="${url}"/>`
  const opml = (...outlines: readonly string[]) =>
    `<?xml version="1.0"?><opml version="2.0"><head><title>x</title></head><body>${outlines.join('')}</body></opml>`
  const sent = (text: string, name = 'feeds.opml') => bot.owner.upload(name, Buffer.from(text), 'text/x-opml')

  const list = opml(
    outline(`${host.url}/a.xml`, 'Alpha'),
    outline(`${host.url}/b.xml`, 'Beta @here'),
    outline('http://10.0.0.7/feed', 'Inside'),
    outline('http://localhost/feed', 'Own'),
    outline('file:///etc/passwd', 'Secrets'),
  )
  const begun = await call('feed import', { file: sent(list) })
  assert.match(begun.text(), /begun one: \*\*Test\*\*, with 2 feeds/)
  assert.match(begun.text(), /3 addresses cannot be read: .*file.*passwd.*10\.0\.0\.7.*localhost/)
  assert.match(begun.text(), /<\/feed list:\d+> then shows/)
  const again = await call('feed import', { file: sent(list) }, 'de')
  assert.match(again.text(), /\*\*Test\*\*: kein Feed hinzugefügt\.\n2 gehörten schon dazu\./)

  const many = Array.from({ length: 230 }, (_, at) =>
    outline(`https://feeds.example/${at}.xml`, `Feed ${at}`),
  )
  const full = await call('feed import', { file: sent(opml(...many)) })
  assert.match(full.text(), /198 feeds added.*32 found no more room: a digest has 200 feeds at most/s)
  assert.match(
    (await call('feed add', { address: `${host.url}/c.xml?`, digest: 'Test' })).text(),
    /nothing at that address/,
  )

  const laughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">${[...'bcdefghijk'].map((name, at) => `<!ENTITY ${name} "${`&${'abcdefghij'[at]};`.repeat(10)}">`).join('')}]><opml version="2.0"><head><title>&k;</title></head><body><outline text="&k;" xmlUrl="https://a.example/&k;"/></body></opml>`
  const deep = `<opml version="2.0"><body>${'<outline text="x">'.repeat(5000)}${outline('https://deep.example/feed', 'Deep')}${'</outline>'.repeat(5000)}</body></opml>`
  const hostile: readonly (readonly [text: string, said: RegExp])[] = [
    ['{"feeds": []}', /no list of feeds\. Export your feeds/],
    ['<rss version="2.0"><channel/></rss>', /no list of feeds/],
    [opml('<outline text="Only a folder"/>'), /no feed in that list/],
    ['x'.repeat(256 * 1024 + 1), /larger than 256 KB/],
    [laughs, /no feed was added\.\n1 found no more room/],
    [deep, /no list of feeds/],
  ]
  for (const [text, said] of hostile) {
    const answer = await call('feed import', { file: sent(text) })
    assert.match(answer.text(), said, text.slice(0, 80))
  }

  const given = await call('feed export')
  assert.match(given.text(), /200 feeds, for any feed reader and for <\/feed import:\d+>/)
  const [file] = given.message().wire.attachments
  assert.equal(file?.filename, 'feeds.opml')
  const bytes = bot.discord.world.file(file?.url ?? '') ?? assert.fail('no file')
  const text = Buffer.from(bytes).toString()
  assert.match(text, /text="Test".*xmlUrl="http:\/\/127\.0\.0\.1:\d+\/a\.xml".*Beta @here/s)
  const known = await call('feed import', { file: bot.owner.upload('again.opml', bytes) })
  assert.match(readable(known.text()), /200 were in it already/)
})

test('a feed that moved for good is given out where it is now, and is the same feed when it comes in again', async (t) => {
  const reads = sends(rss('Estuary Radio', ferries))
  let hasMoved = false
  const { bot, host, call, later } = await openOwner(t, {
    '/old.xml': (request, response, at) =>
      hasMoved
        ? void response.writeHead(301, { location: '/new.xml' }).end()
        : reads?.(request, response, at),
    '/new.xml': reads,
  })
  await call('feed add', { address: `${host.url}/old.xml` })
  await bot.untilLogged('source.polled')
  hasMoved = true
  for (let poll = 2; bot.timesLogged('source.noticed') === 0; poll += 1) {
    assert.ok(poll < 10)
    later(25 * 60)
    await bot.untilLogged('source.polled', poll)
  }
  const given = await call('feed export')
  const bytes =
    bot.discord.world.file(given.message().wire.attachments[0]?.url ?? '') ?? assert.fail('no file')
  assert.match(Buffer.from(bytes).toString(), /xmlUrl="http:\/\/127\.0\.0\.1:\d+\/new\.xml"/)
  const again = await call('feed import', { file: bot.owner.upload('again.opml', bytes) })
  assert.match(readable(again.text()), /no feed was added\.\n1 was in it already/)
  assert.match((await call('feed add', { address: `${host.url}/new.xml` })).text(), /already/)
  assert.match((await call('feed list')).text(), /Test · 1 feed\n\*\*\[Estuary Radio\]\(http:\S+\/new\.xml\)/)
})

test('only those who manage the server are offered /feed, and may press what it answered with', async (t) => {
  const { bot, host, call, later } = await openOwner(t, { '/feed.xml': sends(rss('Estuary Radio', ferries)) })
  const ours = ['feed', 'filter', 'status']
  const member = bot.member('en-GB')
  const offered = () =>
    member.offered(bot.channelId).flatMap(({ name }) => (ours.includes(name) ? [name] : []))
  assert.deepEqual(offered(), [])
  assert.equal((await member.command(bot.channelId, 'feed', {}, { subcommand: 'list' })).kind, 'failed')

  await call('feed add', { address: `${host.url}/feed.xml` })
  const { admin, world } = bot.discord
  const guildId = world.guilds()[0]?.id ?? assert.fail('no server')
  const everyone = world.guilds()[0]?.roles.find(({ id }) => id === guildId)?.permissions ?? 0n
  admin.setRolePermissions(guildId, 'everyone', everyone | manageGuild)
  assert.deepEqual(offered().toSorted(), ours)
  later(1)
  const card = await callCard(
    member,
    bot.channelId,
    'feed',
    { feed: 'Estuary Radio' },
    { subcommand: 'remove' },
  )
  admin.setRolePermissions(guildId, 'everyone', everyone)
  assert.match((await card.press('feed-drop')).text(), /manage this server/)
  assert.match((await call('feed list')).text(), /Test · 1 feed/)

  await bot.stop()
  const house = `title: Morning Post\nlanguage: en\nsources:\n  - feed: ${host.url}/house.xml\n    name: The House\nschedule:\n  times: ["07:30"]\n  zone: UTC\n`
  await writeSettled(join(bot.digestsDir, 'wire/digest.yaml'), house)
  await bot.start()
  for (const feed of ['the house', `${host.url}/house.xml`]) {
    assert.match((await call('feed remove', { feed })).text(), /\*\*Morning Post\*\* is kept by my operator/)
  }
  await bot.setUp()
  assert.match(
    (await call('feed list')).text(),
    /Posted here too: Morning Post\. Its feeds are kept by my operator/,
  )
})

/** developers/topics/permissions */
const manageGuild = 1n << 5n
