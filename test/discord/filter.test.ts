/** `/filter` as owners use it: rules typed on the command line or in a form, mended, listed, looked at, taken away. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { customIdsOf, messageOf } from '../support/bot.ts'
import { type Card, followCard } from '../support/card.ts'
import { type FeedItem, rss, sends, wholeText } from '../support/feeds.ts'
import { type Owner, openOwner } from '../support/owner.ts'

const news: readonly FeedItem[] = [
  { title: 'Handball: Tarrow wins again', body: wholeText },
  { title: 'Handball team gets a new hall', body: wholeText },
  { title: 'Warnstreiks at the port', body: wholeText },
  { title: 'Mayor opens the bridge', body: wholeText },
  { title: 'Football and handball under one roof', body: wholeText },
  { title: 'LIVE: election night', body: wholeText },
]

test('rules are added, known, mended, looked at and removed, in the language of the member', async (t) => {
  const owner = await openOwner(t, { '/feed.xml': sends(rss('Estuary Radio', news)) })
  const { bot, host, call, offered } = owner

  assert.match(
    (await call('filter list')).text(),
    /no digest of its own yet, and those of the house keep their own filters\. <\/feed add:\d+> begins one/,
  )
  await call('feed add', { address: `${host.url}/feed.xml` })
  await bot.untilLogged('source.polled')

  const empty = await call('filter list')
  assert.match(empty.text(), /## Filter of Test\nThere is no rule yet/)
  assert.equal(empty.isAsleep('filter-effects'), true)

  const added = await call('filter add', { text: 'Handball, *streik*' }, 'de')
  assert.match(
    added.text(),
    /Ab jetzt weggelassen: das Wort „Handball“\.\nAb jetzt weggelassen: das Wort „\\\*streik\\\*“\./,
  )
  assert.match(added.text(), /\*\*Weggelassen\*\*\n- das Wort „Handball“/)
  assert.match(
    (await call('filter add', { text: 'handball' })).text(),
    /That rule was there already: the word “handball”/,
  )
  assert.match(
    (await call('filter add', { text: 'German', kind: 'language', mode: 'exclude' })).text(),
    /Left out from now on: what is written in German/,
  )
  assert.match(
    (await call('filter add', { text: 'one roof', reach: 'headline' })).text(),
    /the phrase “one roof”, in the headline/,
  )

  const problems: readonly (readonly [options: Record<string, string>, said: RegExp, locale?: string])[] = [
    [
      { text: '(?=x)live', kind: 'pattern' },
      /At “\\\(\?=” .*RE2.*looking ahead|At “.*” that pattern does what the safe engine/,
    ],
    [{ text: '(live', kind: 'pattern' }, /Bei „.*“ fehlt eine Klammer/, 'de'],
    [{ text: '/live/i', kind: 'pattern' }, /without slashes around it: live/],
    [{ text: 'str*eik' }, /ein Stern mittendrin/, 'de'],
    [{ text: '…' }, /no letter and no digit/],
    [{ text: 'Klingonisch', kind: 'language' }, /keine Sprache, die ich kenne/, 'de'],
    [{ text: 'x', digest: 'wire' }, /\*\*Harbour Wire\*\* is kept by my operator/],
  ]
  for (const [options, said, locale] of problems) {
    assert.match((await call('filter add', options, locale)).text(), said)
  }

  const wrong = await call('filter add', {
    text: '[live',
    kind: 'pattern',
    mode: 'include',
    reach: 'headline',
  })
  const { stood } = await wrong.fill('filter-mend', { text: '^live' })
  assert.deepEqual(stood, { mode: 'include', kind: 'pattern', text: '[live', reach: 'headline' })
  assert.match(
    wrong.text(),
    /Taken in from now on: the pattern “\^live”, in the headline\. What fits no such rule is left out\./,
  )
  assert.match(wrong.text(), /\*\*Left out\*\*.*\*\*Taken in, and nothing else\*\*\n- the pattern/s)
  const { stood: fresh } = await wrong.fill('filter-form', { text: 'bridge', mode: 'include' })
  assert.deepEqual(fresh, { mode: 'exclude', kind: 'words', text: '', reach: 'text' })
  assert.match(wrong.text(), /- the word “bridge”/)

  const seen = await wrong.press('filter-effects')
  assert.match(seen.text(), /## What the filter of Test does\nOf 6 articles of the last 7 days, 2 stay\./)
  assert.match(
    seen.text(),
    /\*\*the word “Handball”\*\*\nleaves out 3 articles \(other rules would too\)\n- .*[Hh]andball.* \(Estuary Radio\)/,
  )
  assert.match(seen.text(), /\*\*the phrase “one roof”, in the headline\*\*\nleaves out 1 article/)
  assert.match(seen.text(), /\*\*what is written in German\*\*\nleaves out nothing/)
  const further = await turn(owner, seen)
  assert.match(further.text(), /\*\*the word “bridge”\*\*\ntakes in 1 article\n- Mayor opens the bridge/s)
  assert.match(
    (await call('filter preview', {}, 'de')).text(),
    /Von 6 Artikeln der letzten 7 Tage bleiben 2\..*lässt 3 Artikel weg/s,
  )

  await bot.stop()
  await bot.start()
  const rules = await further.press('filter-list')
  const labels = rules.offered('filter-drop').labels
  assert.equal(labels.length, 6)
  const removed = await call('filter remove', {
    rule: (await offered('filter remove', 'rule', 'bridge')).values().next().value ?? '',
  })
  assert.match(removed.text(), /^Removed: the word “bridge”\./)
  assert.match(
    (await call('filter remove', { rule: 'nonsense' })).text(),
    /has the rule “nonsense”\. <\/filter list:\d+> shows/,
  )
  assert.match(
    (await call('filter remove', { rule: 'german' })).text(),
    /No filter of this server has the rule “german”/,
  )
})

/** Presses what leads to the second page of effects: both buttons that turn pages bear the same verb. */
async function turn({ bot }: Owner, card: Card): Promise<Card> {
  const { wire } = card.message()
  const next =
    customIdsOf(card.message()).find((id) => /^1:filter-effects:.*:1$/.test(id)) ?? assert.fail('no way on')
  const turned = await bot.owner.click(bot.channelId, wire.id, next)
  return followCard(bot.owner, bot.channelId, messageOf(turned))
}

test('without a text a form opens; with several digests it asks for which', async (t) => {
  const { bot, host, call, later } = await openOwner(t, { '/feed.xml': sends(rss('Estuary Radio', news)) })
  const add = () => bot.owner.command(bot.channelId, 'filter', { mode: 'include' }, { subcommand: 'add' })
  const none = await add()
  assert.ok(none.kind === 'message' && none.ephemeral)

  await call('feed add', { address: `${host.url}/feed.xml` })
  const opened = await add()
  assert.ok(opened.kind === 'modal', JSON.stringify(opened))
  assert.equal(opened.modal.title, 'A rule for the filter')
  const sent = await bot.owner.submitModal(opened.modal.custom_id, {
    mode: 'include',
    kind: 'words',
    text: 'bridge',
    reach: 'text',
  })
  assert.ok(sent.kind === 'message' && sent.ephemeral)

  later(1)
  const setup = await call('digest setup')
  await setup.fill('setup-own-form', { title: 'Sport', addresses: `${host.url}/feed.xml` })
  const both = await bot.discord
    .member(bot.owner.user.id, { locale: 'de' })
    .command(bot.channelId, 'filter', {}, { subcommand: 'add' })
  assert.ok(both.kind === 'modal')
  assert.deepEqual(
    both.modal.components.map((part) => (part.type === 18 ? part.label : '')),
    [
      'Für welchen Digest?',
      'Was soll sie tun?',
      'Wonach soll sie suchen?',
      'Die Wörter',
      'Wo soll sie suchen?',
    ],
  )
  const which = await call('filter list')
  assert.deepEqual(which.offered('filter-digest').labels, ['Sport', 'Test'])
  assert.match((await call('filter add', { text: 'x' })).text(), /several digests of its own: Sport, Test/)
})
