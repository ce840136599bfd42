/** Why an article was carried or not: editions as the desk makes them, and what is said of each of their articles. */
import assert from 'node:assert/strict'
import type { ArticleId } from '../../src/article/article.ts'
import type { DigestId } from '../../src/digest/definition.ts'
import type { EditionId } from '../../src/digest/edition.ts'
import type { ChannelId, GuildId } from '../../src/digest/ledger.ts'
import { type WhyRecord, whyOf } from '../../src/digest/why.ts'
import { UserError } from '../../src/errors.ts'
import { reportWhy, sayWhys } from '../../src/jobs/why.ts'
import { test } from '../support/engines.ts'
import { type Newsroom, openNewsroom } from '../support/newsroom.ts'

const hour = 3_600_000
const day = 24 * hour
const start = Date.UTC(2026, 10, 20, 5)

const fire = {
  headline: 'Twelve dead after fire at Kelsport paint factory',
  standfirst: 'The blaze broke out in a warehouse shortly after midnight.',
  body: [
    'Twelve people have died in a fire at a paint factory in Kelsport, the fire service said on Tuesday.',
  ],
}
const fireReworded = {
  headline: 'Blaze at paint plant in Kelsport kills 12',
  standfirst: 'Flames started in a storage building.',
  body: ['A blaze at a Kelsport paint plant has killed 12 people, according to firefighters.'],
}
const fireMoved = {
  headline: 'Manager arrested after Kelsport factory fire',
  standfirst: 'He is said to have locked the emergency exits.',
  body: [
    'Police have arrested the operations manager of the paint factory in Kelsport where twelve people died in a fire.',
  ],
}

const ask = (
  { storage, digest, idOf }: Newsroom,
  key: string,
  newest?: EditionId,
  of: DigestId = digest.id,
) => storage.explaining.why(idOf(key), of, newest)

test('what an edition carried says in which one, in what place, and with whom', async (t) => {
  const newsroom = await openNewsroom(t)
  await newsroom.hold('fire', { ...fire, story: 'fire', at: start })
  await newsroom.hold('again', { ...fireReworded, story: 'fire', at: start, outlet: 'Courier' })
  const copy = { ...fire, story: 'fire', at: start, outlet: 'Bulletin', copyOf: 'fire' }
  await newsroom.hold('copy', copy)
  await newsroom.hold('reef', { headline: 'Reef found', story: 'reef', at: start, outlet: 'Courier' })
  const first = await newsroom.edition(start + hour)
  const told = { number: 1, slot: start + hour }
  assert.deepEqual(await ask(newsroom, 'fire', first.id), {
    kind: 'carried',
    ...told,
    place: 1,
    isUpdate: false,
  })
  assert.deepEqual(await ask(newsroom, 'again', first.id), {
    kind: 'carried',
    ...told,
    place: 1,
    isUpdate: false,
  })
  assert.deepEqual(await ask(newsroom, 'reef', first.id), {
    kind: 'carried',
    ...told,
    place: 2,
    isUpdate: false,
  })
  const of = newsroom.idOf('fire')
  assert.deepEqual(await ask(newsroom, 'copy', first.id), { kind: 'carried-as-copy', of, ...told })

  await newsroom.hold('late copy', { ...copy, at: start + 2 * hour, outlet: 'Echo' })
  await newsroom.hold('reworded', { ...fireReworded, story: 'fire', at: start + 2 * hour, outlet: 'Echo' })
  await newsroom.hold('other', { headline: 'Something else', story: 'other', at: start + 2 * hour })
  const second = await newsroom.edition(start + 3 * hour, first.id)
  assert.deepEqual(await ask(newsroom, 'late copy', second.id), { kind: 'copy', of, ofNumber: 1 })
  assert.deepEqual(await ask(newsroom, 'reworded', second.id), { kind: 'not-moved', ofNumber: 1 })
  assert.deepEqual(await ask(newsroom, 'fire', second.id), {
    kind: 'carried',
    ...told,
    place: 1,
    isUpdate: false,
  })

  await newsroom.hold('arrest', { ...fireMoved, story: 'fire', at: start + 4 * hour, outlet: 'Courier' })
  const third = await newsroom.edition(start + 5 * hour, second.id)
  assert.deepEqual(await ask(newsroom, 'arrest', third.id), {
    kind: 'carried',
    number: 3,
    slot: start + 5 * hour,
    place: 1,
    isUpdate: true,
  })
})

test('each chain has its own record: what one carried waits in another', async (t) => {
  const newsroom = await openNewsroom(t)
  await newsroom.hold('fire', { ...fire, story: 'fire', at: start })
  const first = await newsroom.edition(start + hour)
  assert.equal((await ask(newsroom, 'fire', first.id))?.kind, 'carried')
  assert.deepEqual(await ask(newsroom, 'fire'), { kind: 'waiting' })
})

test('what was filtered, had no place or stayed too long says so', async (t) => {
  const newsroom = await openNewsroom(t, { size: 1, filters: { exclude: ['horoscope'] } })
  await newsroom.hold('stars', { headline: 'Your horoscope', story: 's1', at: start })
  await newsroom.hold('big', { ...fire, story: 's2', at: start })
  await newsroom.hold('big too', { ...fireReworded, story: 's2', at: start, outlet: 'Courier' })
  await newsroom.hold('small', { headline: 'Reef found', story: 's3', at: start })
  const first = await newsroom.edition(start + hour)
  assert.deepEqual(await ask(newsroom, 'stars', first.id), {
    kind: 'filtered',
    rule: 'exclude words: horoscope',
  })
  const belowCut = { kind: 'below-cut', number: 1, slot: start + hour, place: 2, of: 2 }
  assert.deepEqual(await ask(newsroom, 'small', first.id), belowCut)
  await newsroom.hold('bigger', { headline: 'Storm', story: 's4', at: start + 2 * hour })
  await newsroom.hold('bigger too', {
    headline: 'Storm!',
    story: 's4',
    at: start + 2 * hour,
    outlet: 'Courier',
  })
  const second = await newsroom.edition(start + 3 * hour, first.id)
  assert.deepEqual(await ask(newsroom, 'small', second.id), belowCut, 'the same reason stands')
  await newsroom.hold('new', { headline: 'Much later', story: 's5', at: start + 20 * day })
  const third = await newsroom.edition(start + 20 * day + hour, second.id)
  assert.deepEqual(await ask(newsroom, 'small', third.id), { kind: 'too-late', standing: 'below-cut' })
})

test('what a slot without an edition held back or left out says so, until the next edition', async (t) => {
  const newsroom = await openNewsroom(t, {
    quiet: { below: 2, do: 'skip' },
    filters: { exclude: ['horoscope'] },
  })
  await newsroom.hold('fire', { ...fire, story: 'fire', at: start })
  await newsroom.hold('stars', { headline: 'Your horoscope', story: 'stars', at: start })
  assert.equal((await newsroom.make(start + hour)).kind, 'nothing')
  assert.deepEqual(await ask(newsroom, 'fire'), { kind: 'quiet', stories: 1 })
  assert.deepEqual(await ask(newsroom, 'stars'), { kind: 'filtered', rule: 'exclude words: horoscope' })
  await newsroom.hold('reef', { headline: 'Reef mapped', story: 'reef', at: start + 2 * hour })
  assert.deepEqual(await ask(newsroom, 'reef'), { kind: 'waiting' })
  const first = await newsroom.edition(start + day)
  assert.equal((await ask(newsroom, 'fire', first.id))?.kind, 'carried')
  assert.deepEqual(
    await ask(newsroom, 'fire'),
    { kind: 'waiting' },
    'a chain that carried nothing starts anew',
  )
  await newsroom.hold('reworded', { ...fireReworded, story: 'fire', at: start + 25 * hour })
  assert.equal((await newsroom.make(start + 2 * day, first.id)).kind, 'nothing')
  assert.deepEqual(await ask(newsroom, 'reworded', first.id), { kind: 'not-moved', ofNumber: 1 })
})

test('an article that another digest saw long before waits from the day on which this one saw it', async (t) => {
  const newsroom = await openNewsroom(t)
  const early = { headline: 'Ferry delayed', story: 'ferry', at: start, source: 'elsewhere' } as const
  await newsroom.hold('ferry', early)
  await newsroom.hold('reef', { headline: 'Reef mapped', story: 'reef', at: start + 20 * day })
  const first = await newsroom.edition(start + 20 * day + hour)
  assert.deepEqual(await ask(newsroom, 'ferry', first.id), { kind: 'not-of-this-digest' })
  await newsroom.hold('ferry', { ...early, at: start + 21 * day, source: 'wire' })
  assert.deepEqual(await ask(newsroom, 'ferry', first.id), { kind: 'waiting' })
})

test('what is taken back, of another digest, or not held at all says so; what was carried stays carried', async (t) => {
  const newsroom = await openNewsroom(t)
  await newsroom.hold('gone', { headline: 'Gone', story: 's1', at: start })
  await newsroom.hold('foreign', { headline: 'Foreign', story: 's2', at: start, source: 'elsewhere' })
  await newsroom.hold('fire', { ...fire, story: 'fire', at: start })
  await newsroom.storage.intake.retire('gone', start + 1)
  const first = await newsroom.edition(start + hour)
  await newsroom.storage.intake.retire('fire', start + 2 * hour)
  assert.deepEqual(await ask(newsroom, 'gone', first.id), { kind: 'retired', at: start + 1 })
  assert.deepEqual(await ask(newsroom, 'foreign', first.id), { kind: 'not-of-this-digest' })
  assert.deepEqual(await ask(newsroom, 'foreign', undefined, 'elsewhere' as DigestId), { kind: 'waiting' })
  assert.equal((await ask(newsroom, 'fire', first.id))?.kind, 'carried')
  assert.equal(
    await newsroom.storage.explaining.why('unknown' as ArticleId, newsroom.digest.id, first.id),
    undefined,
  )
})

test('the nearest obstacle counts', () => {
  const record: WhyRecord = { seenAt: 10, isOfDigest: true }
  const edition = { number: 4, slot: 100 }
  const quiet = { ...edition, why: { reason: 'quiet', stories: 1 } } as const
  assert.deepEqual(whyOf({ ...record, passed: quiet }), { kind: 'quiet', stories: 1 })
  assert.deepEqual(whyOf({ ...record, seenFrom: 11 }), { kind: 'too-late' })
  assert.deepEqual(whyOf({ ...record, seenFrom: 9 }), { kind: 'waiting' })
  assert.deepEqual(whyOf({ ...record, passed: quiet, isOfDigest: false }), { kind: 'not-of-this-digest' })
  assert.deepEqual(whyOf({ ...record, passed: quiet, retiredAt: 50 }), { kind: 'retired', at: 50 })
  const skipped = { reason: 'filtered', rule: 'x' } as const
  assert.deepEqual(whyOf({ ...record, passed: quiet, skipped }), { kind: 'filtered', rule: 'x' })
  const cut = { reason: 'below-cut', place: 1, of: 1, points: 1 } as const
  assert.deepEqual(whyOf({ ...record, passed: quiet, skipped: cut }), { kind: 'quiet', stories: 1 })
  const late = { ...edition, why: { reason: 'too-late' } } as const
  assert.deepEqual(whyOf({ ...record, passed: late }), { kind: 'too-late' })
  const carried = { ...edition, place: 2, isUpdate: false, isOwnVoice: true }
  const copyOf = 'x' as ArticleId
  assert.equal(whyOf({ ...record, copyOf, carried, retiredAt: 50 }).kind, 'carried')
  assert.equal(
    whyOf({ ...record, copyOf, carried: { ...carried, isOwnVoice: false } }).kind,
    'carried-as-copy',
  )
})

test('an article is meant by its id, its address however it is written, or words of it', async (t) => {
  const newsroom = await openNewsroom(t)
  const { explaining, intake } = newsroom.storage
  await newsroom.hold('fire', { ...fire, story: 'fire', at: start, url: 'https://wire.example/fire' })
  const reef = 'url:https://wire.example/reef'
  await newsroom.hold(reef, { headline: 'Reef found', body: [], story: 'reef', at: start })
  const ids = async (typed: string) => (await explaining.asked(typed, 3)).map(({ id }) => newsroom.keyOf(id))
  assert.deepEqual(await ids(newsroom.idOf('fire')), ['fire'])
  assert.deepEqual(await ids(' https://wire.example/fire '), ['fire'])
  assert.deepEqual(await ids('http://www.wire.example/reef/?utm_source=feed'), [reef])
  assert.deepEqual(await ids('kelsport factories'), ['fire'])
  assert.deepEqual(await ids('https://wire.example/unknown'), [])
  await intake.retire('fire', start + 1)
  assert.deepEqual(
    await ids('https://wire.example/fire'),
    ['fire'],
    'one that was taken back can be asked about',
  )
})

test('the command says for each digest that is posted what became of the article', async (t) => {
  const newsroom = await openNewsroom(t, { size: 1 })
  const { storage, digest } = newsroom
  await newsroom.hold('big', { ...fire, story: 's1', at: start })
  await newsroom.hold('big too', { ...fireReworded, story: 's1', at: start, outlet: 'Courier' })
  await newsroom.hold('reef', { headline: 'Reef found', story: 's2', at: start })
  await assert.rejects(reportWhy(storage, 'nothing like it'), UserError)
  assert.match(sayWhys(await reportWhy(storage, 'reef')), /No digest is posted anywhere yet\./)
  for (const channel of ['1', '2']) {
    await storage.subscriptions.add({
      guildId: '9' as GuildId,
      channelId: channel as ChannelId,
      digestId: digest.id,
      schedule: digest.schedule,
      createdAt: start,
      plannedUntil: start,
    })
  }
  const said = sayWhys(await reportWhy(storage, 'reef found', digest.id))
  assert.match(
    said,
    /^Reef found \(Harbour Wire, \w+, seen 2026-11-20 05:00 UTC\)\n {2}Harbour Wire \(2 channels\): waits for the next edition\.$/,
  )
  const report = await reportWhy(storage, newsroom.idOf('reef'))
  assert.deepEqual(
    report.articles[0]?.chains.map(({ subscriptions, why }) => [subscriptions, why.kind]),
    [[2, 'waiting']],
  )
  await assert.rejects(reportWhy(storage, 'reef', 'no such digest'), /no digest called "no such digest"/)
})

test('every reason has its sentence', () => {
  const edition = { number: 7, slot: start }
  const of = 'abc' as ArticleId
  const sentences = [
    { kind: 'carried', ...edition, place: 3, isUpdate: true },
    { kind: 'carried-as-copy', of, ...edition },
    { kind: 'copy', of, ofNumber: 7 },
    { kind: 'filtered', rule: 'exclude words: horoscope' },
    { kind: 'below-cut', ...edition, place: 9, of: 12 },
    { kind: 'not-moved', ofNumber: 7 },
    { kind: 'quiet', stories: 1 },
    { kind: 'too-late', standing: 'filtered' },
    { kind: 'too-late' },
    { kind: 'waiting' },
    { kind: 'retired', at: start },
    { kind: 'not-of-this-digest' },
  ] as const
  const article = { id: of, headline: 'H', outlet: 'O', seenAt: start }
  const said = sentences.map((why) => {
    const chain = { digest: 'wire' as DigestId, title: 'Wire', subscriptions: 1, why }
    return sayWhys({ articles: [{ article, chains: [chain] }] }).split('Wire (1 channel): ')[1]
  })
  assert.deepEqual(said, [
    'carried in No. 7 (2026-11-20 05:00 UTC), in place 3, as news of a story told before.',
    'carried in No. 7 (2026-11-20 05:00 UTC), with the article abc, whose text it repeats.',
    'not carried: it repeats the article abc, which No. 7 carried.',
    'not carried: the filter leaves it out (exclude words: horoscope).',
    'not carried in No. 7 (2026-11-20 05:00 UTC): its story came in place 9 of 12, below the cut. It may still come.',
    'not carried: No. 7 told its story, and it adds nothing new.',
    'not carried yet: too little happened (1 story), and the digest waits for more.',
    'not carried, and too old by now; until then the filter left it out.',
    'not carried, and too old by now.',
    'waits for the next edition.',
    'not carried: it was taken back on 2026-11-20 05:00 UTC.',
    'not carried: none of its sources brought it.',
  ])
})
