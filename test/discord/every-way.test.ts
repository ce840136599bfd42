/**
 * Every command and every custom id, by a real client at the real bot, over the gateway in one language and by HTTP in another: it does what it
 * is for; whoever may not is told so; what it was about may be gone; what Discord repeats is not done twice. A verb or a command without a
 * row here fails.
 */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { commands } from '../../src/discord/commands/list.ts'
import { verbs } from '../../src/discord/custom-id.ts'
import type { TextKey } from '../../src/discord/text/en.ts'
import { catalogs, sayIn } from '../../src/discord/text/say.ts'
import type { Answer, MemberHands, OptionValue, StoredMessage } from '../../src/rehearsal/standin/types.ts'
import { send } from '../rehearsal/standin/raw.ts'
import {
  customIdsOf,
  memberId,
  messageOf,
  openTestBot,
  ownerId,
  startOverHttp,
  type TestBot,
  textOf,
} from '../support/bot.ts'
import { readable } from '../support/card.ts'
import { rss, sends, wholeText } from '../support/feeds.ts'
import { openHost } from '../support/host.ts'

type Locale = 'en-GB' | 'de'
type Way = 'gateway' | 'http'

/** What there is to press on, in one language; what a row uses up is made when it asks. */
interface Facts {
  readonly locale: Locale
  readonly story: string
  readonly article: string
  readonly edition: string
  readonly channel: string
  readonly page: string
  readonly file: () => string
  readonly address: string
  readonly manyFeeds: string
  /** Posted on the server, until a row ends that. */
  readonly posted: (digest?: string) => Promise<string>
  /** Made by the server, until a row deletes it. */
  readonly own: () => Promise<string>
  /** A second feed of that digest. */
  readonly feed: () => Promise<string>
  /** Sent to the member themself. */
  readonly mine: () => Promise<string>
  readonly draft: () => Promise<string>
  readonly feedDraft: (address: string) => Promise<string>
  readonly ruleDraft: () => Promise<string>
  /** What was asked for is made anew when it is asked for again. */
  readonly forget: (names: readonly string[]) => void
}

interface Row {
  /** Its arguments, for what is there. */
  readonly on?: (facts: Facts) => Promise<readonly string[]> | readonly string[]
  readonly choose?: (facts: Facts) => Promise<readonly string[]> | readonly string[]
  /** A menu of channels or roles. */
  readonly picks?: 'channel' | 'role'
  /** The form that is opened to be sent, and what is written in it. */
  readonly sentFrom?: string
  readonly write?: Readonly<Record<string, string>>
  /** What it then says. */
  readonly says: TextKey
  /** What it was pressed on is over then. */
  readonly ends?: readonly string[]
  /** Its arguments (and choice) for what is gone, and what is said of that; absent where nothing can go. */
  readonly gone?: { readonly on?: readonly string[]; readonly choose?: string; readonly says: TextKey }
}

const otherId = '100000000000000003'
const gone = 'gonegonegone'
const goneStory = { on: [gone], says: 'error.story-gone' } as const
const goneDraft = { on: ['000000000000'], says: 'error.begun-too-long-ago' } as const
const gonePosted = { on: [gone], says: 'error.subscription-gone' } as const
const goneOwn = { on: [gone], says: 'error.digest-gone' } as const

const story = ({ story }: Facts) => [story]
const draft = async (facts: Facts) => [await facts.draft()]
const posted = async (facts: Facts) => [await facts.posted()]
const own = async (facts: Facts) => [await facts.own()]
const ownPosted = async (facts: Facts) => [await facts.posted(await facts.own())]

const rows: Readonly<Record<string, Row>> = {
  summary: { on: story, says: 'button.fulltext', gone: goneStory },
  text: {
    on: ({ article }) => [article, '0'],
    says: 'button.summary',
    gone: { on: [gone, '0'], says: 'error.story-gone' },
  },
  'story-text': { on: story, says: 'button.summary', gone: goneStory },
  list: {
    on: () => ['stories'],
    choose: story,
    says: 'button.fulltext',
    gone: { on: ['stories'], choose: gone, says: 'error.story-gone' },
  },
  edition: {
    on: ({ edition }) => [edition, '0'],
    choose: story,
    says: 'button.fulltext',
    gone: { on: [gone, '0'], choose: gone, says: 'error.story-gone' },
  },
  headlines: {
    on: ({ edition }) => [edition, '0'],
    says: 'label.pickStory',
    gone: { on: [gone, '0'], says: 'error.story-gone' },
  },
  stories: {
    on: () => ['-', '-', '-', '0'],
    says: 'headlines.newest',
    gone: { on: ['00000000', '-', '-', '0'], says: 'error.old-button' },
  },
  search: {
    on: () => ['bridge', '-', '-', '0'],
    says: 'search.title',
    gone: { on: ['bridge', '00000000', '-', '0'], says: 'error.old-button' },
  },
  sources: {
    on: ({ story }) => [story, '0'],
    says: 'sources.pick',
    gone: { on: [gone, '0'], says: 'error.story-gone' },
  },
  source: {
    on: story,
    choose: ({ article }) => [article],
    says: 'button.fulltext',
    gone: { on: [gone], choose: gone, says: 'error.story-gone' },
  },
  pages: {
    on: ({ article }) => [article],
    choose: () => ['0'],
    says: 'button.summary',
    gone: { on: [gone], choose: '0', says: 'error.story-gone' },
  },
  texts: {
    on: story,
    choose: ({ article }) => [article],
    says: 'button.summary',
    gone: { on: [gone], choose: gone, says: 'error.story-gone' },
  },
  follow: { on: story, says: 'button.unfollow', gone: goneStory },
  unfollow: { on: story, says: 'follow.ended', gone: goneStory },
  told: {
    on: ({ story, article }) => [story, article],
    says: 'follow.stopped',
    gone: { on: [gone, gone], says: 'follow.ended' },
  },
  following: { on: () => ['0'], says: 'following.none' },
  'following-stop': { on: ({ story }) => [story, '0'], says: 'following.none' },
  mine: { on: () => [], says: 'mine.none' },
  'mine-resume': {
    on: async (facts) => [await facts.mine()],
    says: 'mine.title',
    gone: { on: [gone], says: 'mine.title' },
  },
  'mine-stop': {
    on: () => [],
    choose: async (facts) => [await facts.mine()],
    says: 'mine.none',
    ends: ['mine'],
    gone: { on: [], choose: gone, says: 'mine.none' },
  },
  forget: { on: async (facts) => [await facts.mine()].slice(1), says: 'forget.ask' },
  'forget-sure': { on: () => [], ends: ['mine'], says: 'forget.done' },

  setup: { on: draft, says: 'setup.title', gone: goneDraft },
  'setup-begin': { on: own, says: 'setup.title' },
  'setup-digest': {
    on: draft,
    choose: () => ['wire'],
    says: 'setup.title',
    gone: { ...goneDraft, choose: 'wire' },
  },
  'setup-channel': {
    on: draft,
    picks: 'channel',
    choose: ({ channel }) => [channel],
    says: 'setup.title',
    gone: goneDraft,
  },
  'setup-times': {
    on: draft,
    choose: () => ['standing'],
    says: 'setup.title',
    gone: { ...goneDraft, choose: 'standing' },
  },
  'setup-posts': {
    on: draft,
    choose: () => ['new'],
    says: 'setup.title',
    gone: { ...goneDraft, choose: 'new' },
  },
  'setup-tags': {
    on: draft,
    choose: () => ['1'],
    says: 'setup.title',
    gone: { ...goneDraft, choose: '1' },
  },
  'setup-crosspost': {
    on: draft,
    choose: () => ['yes'],
    says: 'setup.title',
    gone: { ...goneDraft, choose: 'yes' },
  },
  'setup-times-form': { on: draft, says: 'setup.times.title', gone: goneDraft },
  'setup-times-sent': { sentFrom: 'setup-times-form', on: draft, says: 'setup.title' },
  'setup-own-form': { on: draft, says: 'setup.own.title', gone: goneDraft },
  'setup-own-sent': {
    sentFrom: 'setup-own-form',
    on: draft,
    write: { addresses: 'nowhere at all' },
    says: 'setup.title',
  },
  'setup-preview': { on: draft, says: 'button.back', gone: goneDraft },
  'setup-post': { on: draft, ends: ['draft'], says: 'setup.done', gone: goneDraft },
  'setup-cancel': { on: draft, ends: ['draft'], says: 'setup.cancelled', gone: goneDraft },
  'digest-list': { on: () => ['0'], says: 'list.title' },
  'digest-pick': {
    on: () => ['0'],
    choose: posted,
    says: 'button.pause',
    gone: { on: ['0'], choose: gone, says: 'error.digest-gone' },
  },
  'digest-show': { on: posted, says: 'button.pause', gone: gonePosted },
  'digest-preview': { on: posted, says: 'button.back', gone: gonePosted },
  'digest-now': { on: posted, says: 'now.nothing', gone: gonePosted },
  'digest-pause': { on: posted, says: 'pause.done', gone: gonePosted },
  'digest-resume': { on: posted, says: 'resume.done', gone: gonePosted },
  'digest-edit': { on: posted, says: 'edit.title', gone: gonePosted },
  'digest-channel': {
    on: posted,
    picks: 'channel',
    choose: ({ channel }) => [channel],
    says: 'edit.title',
    gone: gonePosted,
  },
  'digest-times': {
    on: posted,
    choose: () => ['standing'],
    says: 'edit.title',
    gone: { ...gonePosted, choose: 'standing' },
  },
  'digest-notice': {
    on: posted,
    choose: () => ['silent'],
    says: 'edit.changed',
    gone: { ...gonePosted, choose: 'silent' },
  },
  'digest-posts': {
    on: posted,
    choose: () => ['new'],
    says: 'edit.changed',
    gone: { ...gonePosted, choose: 'new' },
  },
  'digest-tags': {
    on: posted,
    choose: () => ['1'],
    says: 'edit.changed',
    gone: { ...gonePosted, choose: '1' },
  },
  'digest-crosspost': {
    on: posted,
    choose: () => ['yes'],
    says: 'edit.changed',
    gone: { ...gonePosted, choose: 'yes' },
  },
  'digest-times-form': { on: posted, says: 'setup.times.title', gone: gonePosted },
  'digest-times-sent': { sentFrom: 'digest-times-form', on: posted, says: 'edit.changed' },
  'digest-contents-form': { on: ownPosted, says: 'contents.title', gone: gonePosted },
  'digest-contents-sent': { sentFrom: 'digest-contents-form', on: ownPosted, says: 'edit.changed' },
  'digest-remove': { on: posted, says: 'remove.sure', gone: gonePosted },
  'digest-remove-sure': {
    on: posted,
    ends: ['posted wire'],
    says: 'subscriptions.removed',
    gone: gonePosted,
  },
  'own-show': { on: own, says: 'own.post', gone: goneOwn },
  'own-remove': { on: own, says: 'own.ask', gone: goneOwn },
  'own-remove-sure': { on: own, ends: ['own', 'feed', 'rule'], says: 'own.deleted', gone: goneOwn },
  'feed-pick': {
    on: async (facts) => [await facts.feedDraft(facts.manyFeeds)],
    choose: () => ['0'],
    says: 'feed.wouldCome',
    gone: { ...goneDraft, choose: '0' },
  },
  'feed-into': {
    on: async (facts) => [await facts.feedDraft(facts.address)],
    choose: own,
    says: 'feed.known',
    gone: { ...goneDraft, choose: gone },
  },
  'feed-take': {
    on: async (facts) => [await facts.feedDraft(facts.address)],
    says: 'feed.known',
    gone: goneDraft,
  },
  'feed-list': {
    on: async (facts) => {
      await facts.posted()
      return ['-', '0']
    },
    says: 'feeds.house',
  },
  'feed-drop': {
    on: async (facts) => [await facts.own(), await facts.feed()],
    ends: ['feed'],
    says: 'feed.removed',
    gone: { on: [gone, '00000000'], says: 'error.digest-gone' },
  },
  'filter-list': {
    on: async (facts) => [await facts.own(), '0'],
    says: 'filter.title',
    gone: { on: [gone, '0'], says: 'error.digest-gone' },
  },
  'filter-drop': {
    on: own,
    choose: () => ['00000000'],
    says: 'filter.goneAlready',
    gone: { on: [gone], choose: '00000000', says: 'error.digest-gone' },
  },
  'filter-form': { on: own, says: 'ruleForm.title', gone: goneOwn },
  'filter-mend': {
    on: async (facts) => [await facts.ruleDraft()],
    says: 'ruleForm.title',
    gone: goneDraft,
  },
  'filter-add': { sentFrom: 'filter-form', on: own, write: { text: 'weather' }, says: 'filter.title' },
  'filter-effects': {
    on: async (facts) => [await facts.own(), '0'],
    says: 'effects.title',
    gone: { on: [gone, '0'], says: 'error.digest-gone' },
  },
  'filter-digest': {
    on: () => ['list'],
    choose: own,
    says: 'filter.title',
    gone: { on: ['list'], choose: gone, says: 'error.digest-gone' },
  },
  settings: { on: () => [], says: 'settings.title' },
  'settings-language': { on: () => [], choose: () => ['de'], says: 'settings.title' },
  'settings-role': { on: () => [], picks: 'role', choose: () => [], says: 'settings.title' },
  'settings-zone-form': { on: () => [], says: 'settings.zone' },
  'settings-zone-sent': { sentFrom: 'settings-zone-form', on: () => [], says: 'settings.title' },
}

interface CommandRow {
  readonly options?: (facts: Facts) => Promise<Given> | Given
  readonly says: TextKey
  readonly gone?: { readonly options: Given; readonly says: TextKey }
}
type Given = Readonly<Record<string, OptionValue>>

const aStory = ({ story }: Facts) => ({ story })
const aPosted = async (facts: Facts) => ({ digest: await facts.posted() })
const noStory = { options: { story: gone }, says: 'error.story-unknown' } as const
const noDigest = { options: { digest: gone }, says: 'error.digest-unknown' } as const
const noPosted = { options: { digest: gone }, says: 'error.subscription-unknown' } as const

const commandRows: Readonly<Record<string, CommandRow>> = {
  headlines: { says: 'label.pickStory', gone: noDigest },
  search: {
    options: () => ({ words: 'bridge' }),
    says: 'search.title',
    gone: { options: { words: 'bridge', digest: gone }, says: 'error.digest-unknown' },
  },
  summary: { options: aStory, says: 'button.fulltext', gone: noStory },
  fulltext: { options: aStory, says: 'button.summary', gone: noStory },
  summarise: {
    options: ({ page }) => ({ link: page }),
    says: 'button.fulltext',
    gone: { options: { link: 'nowhere' }, says: 'link.bad' },
  },
  follow: { options: aStory, says: 'button.unfollow', gone: noStory },
  subscribe: { options: () => ({ digest: 'wire' }), says: 'subscribe.done', gone: noDigest },
  following: { says: 'following.how' },
  help: { says: 'help.read' },
  privacy: { says: 'privacy.heading' },
  'forget me': { says: 'forget.ask' },
  'digest setup': { says: 'setup.title', gone: noDigest },
  'digest list': { says: 'list.title' },
  'digest show': { options: aPosted, says: 'button.pause', gone: noPosted },
  'digest edit': { options: aPosted, says: 'edit.title', gone: noPosted },
  'digest preview': { options: aPosted, says: 'button.back', gone: noPosted },
  'digest now': { options: aPosted, says: 'now.posted', gone: noPosted },
  'digest pause': { options: aPosted, says: 'pause.done', gone: noPosted },
  'digest resume': { options: aPosted, says: 'resume.done', gone: noPosted },
  'digest remove': { options: aPosted, says: 'remove.sure', gone: noPosted },
  'digest why': {
    options: ({ story }) => ({ article: story }),
    says: 'why.carried',
    gone: { options: { article: gone }, says: 'error.article-unknown' },
  },
  'feed add': {
    options: async (facts) => ({ address: facts.address, digest: await facts.own() }),
    says: 'feed.known',
    gone: { options: { address: 'nowhere', digest: gone }, says: 'error.digest-unknown' },
  },
  'feed test': { options: ({ address }) => ({ address }), says: 'feed.wouldCome' },
  'feed list': {
    options: async (facts) => ({ digest: await facts.own() }),
    says: 'feeds.house',
    gone: noDigest,
  },
  'feed remove': {
    options: async (facts) => {
      await facts.feed()
      return { feed: facts.address }
    },
    says: 'button.keep',
    gone: { options: { feed: gone }, says: 'error.feed-unknown' },
  },
  'feed import': { options: ({ file }) => ({ file: file() }), says: 'feed.notPosted' },
  'feed export': {
    options: async (facts) => ({ digest: await facts.own() }),
    says: 'feedFile.given',
    gone: noDigest,
  },
  'filter add': {
    options: async (facts) => ({ text: 'weather', digest: await facts.own() }),
    says: 'filter.title',
    gone: { options: { text: 'weather', digest: gone }, says: 'error.digest-unknown' },
  },
  'filter list': {
    options: async (facts) => ({ digest: await facts.own() }),
    says: 'filter.title',
    gone: noDigest,
  },
  'filter remove': {
    options: () => ({ rule: 'weather' }),
    says: 'filter.removed',
    gone: { options: { rule: gone }, says: 'error.rule-unknown' },
  },
  'filter preview': {
    options: async (facts) => ({ digest: await facts.own() }),
    says: 'filter.none',
    gone: noDigest,
  },
  status: { says: 'status.digests' },
  settings: { says: 'settings.title' },
}

/** What is always the same in a sentence, whatever is put into it: its longest piece. */
function wordsOf(key: TextKey, locale: Locale): string {
  let depth = 0
  let pieces = ''
  for (const character of catalogs[locale.slice(0, 2)]?.[key] ?? '') {
    if (character === '{') depth += 1
    pieces += depth > 0 ? '\0' : character
    if (character === '}') depth -= 1
  }
  const [longest = ''] = pieces.split(/[\0\n]+/).toSorted((a, b) => b.length - a.length)
  assert.ok(longest.trim().length > 3, `${key} has no words of its own`)
  return longest.trim()
}

function saidIn(answer: Answer): string {
  if (answer.kind === 'modal') return readable(JSON.stringify(answer.modal))
  return readable(textOf(messageOf(answer)))
}

interface Place {
  readonly bot: TestBot
  readonly owner: (locale: Locale) => MemberHands
  readonly member: (locale: Locale) => MemberHands
}

/** Long enough for anybody to ask again. */
const restMs = 12_000

async function openPlace(
  t: TestContext,
  locale: Locale,
  way: Way,
): Promise<Place & { readonly facts: Facts }> {
  const page = `<html lang="en"><head><title>Ferries to Skerra resume</title></head><body><article><h1>Ferries to Skerra resume</h1>${wholeText.map((each) => `<p>${each}</p>`).join('')}</article></body></html>`
  const links = ['one', 'two'].map(
    (name) => `<link rel="alternate" type="application/rss+xml" title="${name}" href="/${name}.xml">`,
  )
  const host = await openHost(t, {
    '/one.xml': sends(rss('Estuary Radio', [{ title: 'Ferries to Skerra resume', body: wholeText }])),
    '/two.xml': sends(rss('Saltmere Post', [{ title: 'Divers map a reef' }])),
    '/many': sends(
      `<html><head><title>Two</title>${links.join('')}</head><body>x</body></html>`,
      'text/html',
    ),
    '/page': sends(page, 'text/html'),
  })
  const guild = {
    name: 'Test',
    ownerId,
    channels: ['news', 'en', 'de', 'spare-en', 'spare-de'].map((name) => ({ name })),
    members: [
      { id: ownerId, name: 'olivia' },
      { id: memberId, name: 'mika' },
      { id: otherId, name: 'mats' },
    ],
  }
  // However slow the machine is.
  const patient = { deadlines: { firstResponseMs: 60_000 } }
  // Nothing comes by itself here.
  const seldom = { pollEveryMs: 60_000, tellEveryMs: 60_000, scanEveryMs: 60_000, tick: '0 * * * * *' }
  const bot = await openTestBot(t, { guilds: [guild], ...patient }, ['127.0.0.1'], seldom)
  await (way === 'http' ? startOverHttp(bot) : bot.start())
  const { discord, channelId } = bot
  const [{ id: guildId } = assert.fail()] = discord.world.guilds()
  const owner = (locale: Locale) => discord.member(ownerId, { guildId, locale })
  const member = (locale: Locale) => discord.member(locale === 'de' ? otherId : memberId, { guildId, locale })
  const called = async (hands: MemberHands, command: string, options: Given = {}) => {
    rest(place)
    return messageOf(await call(place, hands, command, options))
  }
  const idIn = (message: StoredMessage, verb: string, at = 2): string | undefined =>
    customIdsOf(message)
      .find((id) => id.startsWith(`1:${verb}:`))
      ?.split(':')[at]
  const factsOf = async (locale: Locale): Promise<Facts> => {
    const short = locale.slice(0, 2)
    const channel = discord.world.channelNamed(short).id
    const spare = discord.world.channelNamed(`spare-${short}`).id
    const hands = owner(locale)
    const address = `${host.url}/one.xml`
    const found = await hands.autocomplete(channelId, 'summary', { story: 'bridge' }, 'story')
    const story = String(found.kind === 'choices' ? found.choices[0]?.value : '')
    const sources = messageOf(await pressed(place, hands, `1:sources:${story}:0`))
    const made = new Map<string, Promise<string>>()
    const once = (name: string, make: () => Promise<string | undefined>): Promise<string> => {
      const standing = made.get(name)
      if (standing !== undefined) return standing
      const begun = make().then((id) => id ?? assert.fail(`there is no ${name}`))
      made.set(name, begun)
      return begun
    }
    const facts: Facts = {
      locale,
      story,
      article: valueIn(sources),
      edition: '',
      channel,
      address,
      manyFeeds: `${host.url}/many`,
      page: `${host.url}/page`,
      file: () => hands.upload('list.opml', Buffer.from(opml(address)), 'text/x-opml'),
      posted: (digest = 'wire') =>
        once(`posted ${digest}`, async () => {
          const wanted = { digest, channel, times: '20:00', zone: 'UTC' }
          return idIn(await called(hands, 'digest setup', wanted), 'digest-now')
        }),
      own: () =>
        once('own', async () => {
          const held = idIn(await called(hands, 'filter list'), 'filter-form')
          if (held !== undefined) return held
          await called(hands, 'feed add', { address })
          return idIn(await called(hands, 'filter list'), 'filter-form')
        }),
      feed: () =>
        once('feed', async () => {
          const digest = await facts.own()
          await called(hands, 'feed add', { address: `${host.url}/two.xml`, digest })
          return idIn(await called(hands, 'feed remove', { feed: `${host.url}/two.xml` }), 'feed-drop', 3)
        }),
      mine: () =>
        once('mine', async () => {
          await called(member(locale), 'subscribe', { digest: 'wire' })
          return valueIn(messageOf(await pressed(place, member(locale), '1:mine')))
        }),
      draft: () =>
        once('draft', async () =>
          idIn(await called(hands, 'digest setup', { channel: spare }), 'setup-post'),
        ),
      feedDraft: (tried) =>
        once(tried, async () => {
          await facts.own()
          const card = await called(hands, 'feed test', { address: tried })
          return idIn(card, 'feed-take') ?? idIn(card, 'feed-pick')
        }),
      ruleDraft: () =>
        once('rule', async () => {
          const digest = await facts.own()
          return idIn(
            await called(hands, 'filter add', { digest, kind: 'pattern', text: '(' }),
            'filter-mend',
          )
        }),
      forget: (names) => {
        for (const name of names) made.delete(name)
      },
    }
    return facts
  }
  const place: Place = { bot, owner, member }
  const facts = await factsOf(locale)
  const id = await facts.posted()
  const card = await pressed(place, owner(locale), `1:digest-now:${id}`)
  assert.ok(saidIn(card).includes(wordsOf('now.posted', locale)), saidIn(card))
  const [first = assert.fail('nothing was posted')] = discord.world.messages(facts.channel)
  return { ...place, facts: { ...facts, edition: idIn(first, 'edition') ?? '' } }
}

/** What the first line of its first menu stands for. */
const valueIn = (message: StoredMessage): string =>
  /"value":"([^"]+)"/.exec(JSON.stringify(message.wire.components))?.[1] ?? assert.fail(textOf(message))

const opml = (address: string) =>
  `<opml version="2.0"><body><outline type="rss" text="Estuary Radio" xmlUrl="${address}"/></body></opml>`

/** Nobody waits for an answer meanwhile. */
function rest({ bot }: Place): void {
  bot.clock.moveTo(bot.clock.now() + restMs)
}

async function call(
  { bot }: Place,
  hands: MemberHands,
  command: string,
  options: Given = {},
): Promise<Answer> {
  const [name = '', subcommand] = command.split(' ')
  return hands.command(bot.channelId, name, options, subcommand === undefined ? {} : { subcommand })
}

type Kind = 'button' | 'menu' | 'channel' | 'role'
const menuTypes = { menu: 3, channel: 8, role: 6 } as const

/** A message of the bot's that holds nothing but these, as an old one may; gives its id. */
async function shown({ bot }: Place, presses: readonly Press[]): Promise<string> {
  const rowsShown = [...Map.groupBy(presses, ({ id }) => id).values()].map((same) => {
    const [{ kind, id } = assert.fail()] = same
    return {
      type: 1,
      components: [componentOf(kind, id, [...new Set(same.flatMap(({ values }) => values))])],
    }
  })
  const message = { content: 'x', components: rowsShown }
  const { body } = await send(bot.discord, 'POST', `/channels/${bot.channelId}/messages`, message)
  return String(body.id)
}

function componentOf(kind: Kind, id: string, values: readonly string[]) {
  if (kind === 'button') return { type: 2, style: 2, label: 'x', custom_id: id }
  const options = values.map((value) => ({ label: 'x', value }))
  return { type: menuTypes[kind], custom_id: id, min_values: 0, ...(kind === 'menu' ? { options } : {}) }
}

function press({ bot }: Place, hands: MemberHands, messageId: string, wanted: Press): Promise<Answer> {
  const { kind, id, values } = wanted
  return kind === 'button'
    ? hands.click(bot.channelId, messageId, id)
    : hands.select(bot.channelId, messageId, id, values)
}

async function pressed(place: Place, hands: MemberHands, id: string): Promise<Answer> {
  const wanted = { kind: 'button', id, values: [] } as const
  return press(place, hands, await shown(place, [wanted]), wanted)
}

/** Sends a form with what stands in it, and with what is written. */
async function sent(hands: MemberHands, opened: Answer, written: Row['write'] = {}): Promise<Answer> {
  assert.ok(opened.kind === 'modal', JSON.stringify(opened))
  const fields: Record<string, string> = {}
  for (const part of opened.modal.components) {
    if (part.type !== 18) continue
    const { component } = part
    const stood =
      component.type === 4 ? component.value : component.options?.find((each) => each.default === true)?.value
    if (stood != null) fields[component.custom_id] = stood
  }
  return hands.submitModal(opened.modal.custom_id, { ...fields, ...written })
}

const isForOwners = (verb: string): boolean => /^(?:setup|digest|own|feed|filter|settings)(?:-|$)/.test(verb)

interface Press {
  readonly kind: Kind
  readonly id: string
  readonly values: readonly string[]
}

async function pressOf(verb: string, row: Row, facts: Facts): Promise<Press> {
  const id = ['1', row.sentFrom ?? verb, ...((await row.on?.(facts)) ?? [])].join(':')
  return { kind: kindOf(row), id, values: (await row.choose?.(facts)) ?? [] }
}

function gonePressOf(verb: string, row: Row, { channel }: Facts): Press {
  const values = row.picks === undefined ? [row.gone?.choose ?? []].flat() : [channel]
  return { kind: kindOf(row), id: ['1', verb, ...(row.gone?.on ?? [])].join(':'), values }
}

function kindOf({ picks, choose }: Row): Kind {
  return picks ?? (choose === undefined ? 'button' : 'menu')
}

function mustSay(answer: Answer, key: TextKey, { locale }: Facts, what: string, wrong: string[]): void {
  const said = answer.kind === 'failed' ? JSON.stringify(answer) : saidIn(answer)
  if (!said.includes(readable(wordsOf(key, locale))))
    wrong.push(`${what} (${locale}): not ${key} but ${said}`)
}

test('every command and every custom id has a row here', () => {
  assert.deepEqual(Object.keys(rows).toSorted(), verbs.toSorted())
  const named = commands.map(({ name, type }) => (type === 'message' ? `message ${name}` : name))
  assert.deepEqual([...Object.keys(commandRows), 'message summarise'].toSorted(), named.toSorted())
})

/** Uses every row once; gives what was answered otherwise than it should. */
async function useAll(place: Place & { readonly facts: Facts }): Promise<readonly string[]> {
  const { bot, facts } = place
  const { locale } = facts
  const wrong: string[] = []
  for (const [verb, row] of Object.entries(rows)) {
    const isClosed = isForOwners(verb)
    const hands = isClosed ? place.owner(locale) : place.member(locale)
    const wanted = await pressOf(verb, row, facts)
    const tooLate = row.gone && gonePressOf(verb, row, facts)
    const message = await shown(place, [wanted, tooLate ?? []].flat())
    rest(place)
    const [refused, done, late] = await Promise.all([
      isClosed ? press(place, place.member(locale), message, wanted) : undefined,
      press(place, hands, message, wanted).then((answer) =>
        row.sentFrom === undefined ? answer : sent(hands, answer, row.write),
      ),
      tooLate && press(place, hands, message, tooLate),
    ])
    facts.forget(row.ends ?? [])
    if (refused !== undefined) mustSay(refused, 'error.owners-only', facts, `${verb}, by a member`, wrong)
    mustSay(done, row.says, facts, verb, wrong)
    if (late !== undefined && row.gone !== undefined)
      mustSay(late, row.gone.says, facts, `${verb}, gone`, wrong)
  }
  for (const [command, row] of Object.entries(commandRows)) {
    const isOwners = commands.some((each) => each.name === command && each.type === 'slash' && each.forOwners)
    const hands = isOwners ? place.owner(locale) : place.member(locale)
    const options = (await row.options?.(facts)) ?? {}
    rest(place)
    const [refused, done, late] = await Promise.all([
      isOwners ? call(place, place.member(locale), command, options) : undefined,
      call(place, hands, command, options),
      row.gone && call(place, hands, command, row.gone.options),
    ])
    if (refused !== undefined && (refused.kind !== 'failed' || refused.by !== 'client'))
      wrong.push(`${command} is open to members`)
    mustSay(done, row.says, facts, command, wrong)
    if (late !== undefined && row.gone !== undefined)
      mustSay(late, row.gone.says, facts, `${command}, gone`, wrong)
  }
  const hands = place.member(locale)
  for (const [said, key] of [
    [`Look: ${facts.page}`, 'button.fulltext'],
    ['Nothing here', 'error.no-link'],
  ] as const) {
    rest(place)
    const { wire } = hands.send(bot.channelId, said)
    const answer = await hands.messageCommand(bot.channelId, sayIn('en')('message.summarise.name'), wire.id)
    mustSay(answer, key, facts, 'message summarise', wrong)
  }
  return wrong
}

test('over the gateway each does what it is for, refuses whoever may not, says what is gone, and is done once', async (t) => {
  const place = await openPlace(t, 'en-GB', 'gateway')
  const { bot } = place
  assert.deepEqual(await useAll(place), [])

  const callbacks = () => bot.discord.requests.filter(({ path }) => path.includes('/callback')).length
  const before = callbacks()
  assert.ok(before > 200, `${before} interactions`)
  bot.discord.faults.gateway.repeat('INTERACTION_CREATE')
  rest(place)
  // Events come in their order: when this one is answered, all that was repeated has been heard.
  await call(place, place.member('en-GB'), 'help')
  assert.equal(callbacks(), before + 1)
})

test('by HTTP each does the same without a gateway; the acknowledgement is the answer to what Discord asks', async (t) => {
  const place = await openPlace(t, 'de', 'http')
  const { discord } = place.bot
  assert.deepEqual(await useAll(place), [])
  assert.deepEqual(discord.gatewaySessions, [])
  assert.deepEqual(
    discord.requests.filter(({ path }) => path.includes('/callback')),
    [],
  )

  const edits = () => discord.requests.filter(({ path }) => path.startsWith('/webhooks/')).length
  const before = edits()
  const answers = await discord.faults.endpoint.repeat()
  assert.ok(answers.length > 200, `${answers.length} interactions`)
  // What is minutes old is not even looked at.
  assert.deepEqual([...new Set(answers)].toSorted(), [202, 401])
  assert.equal(answers.at(-1), 202)
  assert.equal(edits(), before)
})
