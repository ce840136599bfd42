/** Any article by its address: the command, the menu of a message, and what can be in the way. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linksIn } from '../src/digest/link.ts'
import { customIdsOf, messageOf, openTestBot, textOf } from './support/bot.ts'
import { type HostAnswers, openHost } from './support/host.ts'

const paragraphs = [
  'The lighthouse on Gull Rock will shine again from 4 December, forty years after it was switched off. The harbour trust agreed on Thursday to pay 310,000 pounds for a new lantern.',
  'Engineers from Saltmere had found in the summer that the tower, built in 1868, was sound. Only the gallery has to be replaced before the winter storms.',
  '"My grandfather was the last keeper," said Rosalind Penhallow, who led the campaign. "He would not have believed it."',
]

function page(options: { title?: string; head?: string; body?: readonly string[] } = {}): string {
  const { title = 'Gull Rock lighthouse to shine again', head = '', body = paragraphs } = options
  return `<!doctype html><html lang="en"><head><title>${title}</title><meta property="og:site_name" content="Estuary Post">${head}</head>
<body><nav>Home News Sport</nav><article><h1>${title}</h1>${body.map((each) => `<p>${each}</p>`).join('')}</article></body></html>`
}

const html = (text: string) => (_: unknown, response: import('node:http').ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(text)
}

async function opened(t: import('node:test').TestContext, answers: HostAnswers) {
  const host = await openHost(t, answers)
  const bot = await openTestBot(t, {}, [host.host])
  await bot.start()
  return { host, bot }
}

test('/summarise gives headline, summary and, a press further, the full text of any article', async (t) => {
  const { host, bot } = await opened(t, { '/gull-rock': html(page()) })
  const member = bot.member('en-GB')
  const answer = await member.command(bot.channelId, 'summarise', { link: `${host.url}/gull-rock` })
  const message = messageOf(answer)
  assert.equal(answer.kind === 'message' && answer.ephemeral, true)
  assert.match(textOf(message), /Gull Rock lighthouse to shine again/)
  assert.match(textOf(message), /310,000 pounds/)
  assert.match(textOf(message), /Estuary Post/)
  const [fulltext = ''] = customIdsOf(message)
  const full = messageOf(await member.click(bot.channelId, message.wire.id, fulltext))
  assert.match(textOf(full), /the last keeper/)
  assert.doesNotMatch(textOf(full), /Home News Sport/)
})

test('an article that was read by its address is held and not fetched again, and is never posted', async (t) => {
  const { host, bot } = await opened(t, { '/gull-rock': html(page()) })
  const member = bot.member('en-GB')
  await member.command(bot.channelId, 'summarise', { link: `${host.url}/gull-rock` })
  const link = `${host.url}/gull-rock?utm_source=discord`
  const again = messageOf(await member.command(bot.channelId, 'summarise', { link }))
  assert.match(textOf(again), /Gull Rock lighthouse/)
  assert.equal(host.asked.filter((each) => each.path.startsWith('/gull-rock')).length, 1)
  await bot.setUp()
  bot.approach('2026-11-20T07:30:00Z')
  const [digest] = await bot.untilPosted(1)
  assert.ok(digest !== undefined)
  assert.doesNotMatch(textOf(digest), /Gull Rock/)
})

test('the menu of a message summarises the links in it, each article once', async (t) => {
  const other = page({ title: 'Saltmere pier reopens after repairs', body: paragraphs.toReversed() })
  const { host, bot } = await opened(t, { '/gull-rock': html(page()), '/pier': html(other) })
  const member = bot.member('de')
  const said = `Look (${host.url}/gull-rock), also ${host.url}/gull-rock#more and <${host.url}/pier>!`
  const message = member.send(bot.channelId, said)
  const answer = messageOf(await member.messageCommand(bot.channelId, 'Summarise', message.wire.id))
  const text = textOf(answer)
  assert.equal(text.match(/Gull Rock lighthouse/g)?.length, 1)
  assert.match(text, /Saltmere pier reopens/)
  assert.match(text, /Volltext/)
})

test('a message without links says so in the language of the reader', async (t) => {
  const { bot } = await opened(t, {})
  const member = bot.member('de')
  const message = member.send(bot.channelId, 'Guten Morgen!')
  const answer = messageOf(await member.messageCommand(bot.channelId, 'Summarise', message.wire.id))
  assert.match(textOf(answer), /kein Link/)
})

test('what is in the way of reading an address is said in a sentence with the remedy', async (t) => {
  const { host, bot } = await opened(t, {
    '/robots.txt': (_, response) => void response.end('User-agent: *\nDisallow: /closed'),
    '/closed/a': html(page()),
    '/denied': (_, response) => void response.writeHead(403).end(),
    '/broken': (_, response) => void response.writeHead(500).end(),
    '/picture': (_, response) => void response.writeHead(200, { 'content-type': 'image/png' }).end('x'),
    '/empty': html(page({ body: ['Subscribe now.'] })),
  })
  const cases: readonly (readonly [string, RegExp])[] = [
    ['no address at all', /no web address/],
    ['ftp://example.org/a', /no web address/],
    ['http://10.0.0.7/a', /not on the public internet/],
    ['http://169.254.169.254/latest/meta-data', /not on the public internet/],
    [`${host.url}/nowhere`, /no such page/],
    [`${host.url}/closed/a`, /does not let me read/],
    [`${host.url}/denied`, /does not let me read/],
    [`${host.url}/broken`, /did not answer/],
    [`${host.url}/picture`, /not a page I can read/],
    [`${host.url}/empty`, /no article/],
  ]
  for (const [at, [link, expected]] of cases.entries()) {
    bot.clock.moveTo(Date.parse('2026-11-20T06:00:00Z') + at * 30_000)
    const answer = await bot.member('en-US').command(bot.channelId, 'summarise', { link })
    assert.match(textOf(messageOf(answer)), expected, link)
  }
  assert.equal(
    host.asked.some((each) => each.path === '/closed/a'),
    false,
  )
})

test('an answer is for the reader alone, unless they want it shown to everybody', async (t) => {
  const { host, bot } = await opened(t, { '/gull-rock': html(page()) })
  const options = { link: `${host.url}/gull-rock`, public: true }
  const answer = await bot.member('en-US').command(bot.channelId, 'summarise', options)
  assert.equal(answer.kind === 'message' && answer.ephemeral, false)
  bot.clock.moveTo(bot.clock.now() + 60_000)
  const refused = await bot
    .member('en-US')
    .command(bot.channelId, 'summary', { story: 'xyzzy', public: true })
  assert.equal(
    refused.kind === 'message' && refused.ephemeral,
    true,
    'what went wrong is nothing for everybody',
  )
  const shown = bot.discord.world
    .messages(bot.channelId)
    .filter(({ ephemeralFor }) => ephemeralFor === undefined)
  assert.equal(shown.length, 1, 'nor does a promise of it stay')
})

test('somebody who asks too fast is asked kindly to wait, and served again after that', async (t) => {
  const { bot } = await opened(t, {})
  const member = bot.member('en-US')
  const ask = async () =>
    textOf(messageOf(await member.command(bot.channelId, 'summarise', { link: 'nothing' })))
  const answers: string[] = []
  for (let asked = 0; asked < 5; asked += 1) answers.push(await ask())
  assert.match(answers[3] ?? '', /no web address/)
  assert.match(answers[4] ?? '', /Not so fast/)
  bot.clock.moveTo(bot.clock.now() + 60_000)
  assert.match(await ask(), /no web address/)
})

test('addresses are found in what people write', () => {
  assert.deepEqual(
    linksIn(
      'See https://a.example/x_(y), (https://b.example/z). <https://c.example/?q=1&r=2> ||https://d.example||',
      9,
    ),
    ['https://a.example/x_(y)', 'https://b.example/z', 'https://c.example/?q=1&r=2', 'https://d.example'],
  )
  assert.deepEqual(linksIn('https://a.example https://a.example/ https://b.example', 2).length, 2)
  assert.deepEqual(linksIn('javascript:alert(1) http://', 9), [])
})
