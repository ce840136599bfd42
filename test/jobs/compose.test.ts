/** Editions made of what storage holds: each event once, nothing lost between editions, nothing repeated unless it moved. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { ArticleId, StoryId } from '../../src/article/article.ts'
import type { EditionDesk } from '../../src/digest/desk.ts'
import type { Edition, EditionId } from '../../src/digest/edition.ts'
import type { Passed } from '../../src/digest/passed.ts'
import type { WriteSummaries } from '../../src/jobs/compose.ts'
import { createLog } from '../../src/log.ts'
import { isOn, test } from '../support/engines.ts'
import { type Newsroom, openNewsroom } from '../support/newsroom.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const start = Date.UTC(2026, 10, 20, 5)

const fire = {
  headline: 'Twelve dead after fire at Kelsport paint factory',
  standfirst: 'The blaze broke out in a warehouse shortly after midnight.',
  body: [
    'Twelve people have died in a fire at a paint factory in Kelsport, the fire service said on Tuesday.',
    'The fire broke out in a warehouse shortly after midnight and spread to the main hall. More than 200 firefighters fought the flames until the early morning.',
  ],
}
const fireReworded = {
  headline: 'Blaze at paint plant in Kelsport kills 12',
  standfirst: 'Flames started in a storage building.',
  body: [
    'A blaze at a Kelsport paint plant has killed 12 people, according to firefighters. Some 200 of them were in action until dawn.',
  ],
}
const fireMoved = {
  headline: 'Manager arrested after Kelsport factory fire',
  standfirst: 'He is said to have locked the emergency exits.',
  body: [
    'Police have arrested the operations manager of the paint factory in Kelsport where twelve people died in a fire.',
  ],
}

const reef = {
  headline: 'Divers map a coral reef off Saltmere',
  standfirst: 'The reef lies 40 metres down.',
  body: ['Divers from the University of Merrow have mapped a cold-water coral reef off Saltmere.'],
}

const headlines = ({ items }: Pick<Edition, 'items'>) => items.map(({ headline }) => headline)
const reasonOf = (passed: readonly Passed[], id: ArticleId) =>
  passed.find(({ articleId }) => articleId === id)?.why

test('each event comes once, with all that tell it, and the article in the language of the digest speaks', async (t) => {
  const newsroom = await openNewsroom(t)
  await newsroom.hold('fire', { ...fire, story: 'fire', at: start, url: 'https://wire.example/fire' })
  await newsroom.hold('copy', {
    ...fire,
    story: 'fire',
    at: start + minute,
    outlet: 'Courier',
    source: 'courier',
    copyOf: 'fire',
  })
  await newsroom.hold('german', {
    headline: 'Zwölf Tote bei Brand in Farbenfabrik',
    body: ['Bei einem Brand in Kelsport sind zwölf Menschen gestorben.', 'Das teilte die Feuerwehr mit.'],
    language: 'de',
    story: 'fire',
    at: start + minute,
    outlet: 'Tagesbote',
  })
  await newsroom.hold('reef', { ...reef, story: 'reef', at: start })
  const edition = await newsroom.edition(start + hour)
  assert.deepEqual(headlines(edition), [fire.headline, reef.headline])
  const [item] = edition.items
  assert.deepEqual(item?.outlets, ['Harbour Wire', 'Courier', 'Tagesbote'])
  assert.deepEqual([item?.texts, item?.carriers, item?.by, edition.hasLead], [2, 2, 'extract', true])
  assert.deepEqual(item?.carries.map(newsroom.keyOf).sort(), ['copy', 'fire', 'german'])
  assert.match(item?.because ?? '', /^\d+\.\d points: 2 independent outlets of 3/)
})

test('late, undated and re-dated articles come once', async (t) => {
  const newsroom = await openNewsroom(t)
  await newsroom.hold('redated', { headline: 'A', story: 's1', at: start, publishedAt: start - hour })
  const first = await newsroom.edition(start + hour)
  await newsroom.hold('redated', {
    headline: 'A',
    story: 's1',
    at: start + 2 * hour,
    publishedAt: start + 2 * hour,
  })
  await newsroom.hold('late', {
    headline: 'B',
    story: 's2',
    at: start + 2 * hour,
    publishedAt: start - 20 * day,
  })
  await newsroom.hold('undated', { headline: 'C', story: 's3', at: start + 2 * hour })
  await newsroom.hold('future', {
    headline: 'D',
    story: 's4',
    at: start + 2 * hour,
    publishedAt: start + 90 * day,
  })
  const second = await newsroom.edition(start + day, first.id)
  assert.deepEqual(headlines(second).sort(), ['B', 'C', 'D'])
  const third = await newsroom.make(start + 2 * day, second.id)
  assert.deepEqual(third, { kind: 'nothing', passed: [] })
})

test('a told story returns only when it has moved, as an update that says what is new', async (t) => {
  const newsroom = await openNewsroom(t)
  await newsroom.hold('fire', { ...fire, story: 'fire', at: start })
  const first = await newsroom.edition(start + hour)
  await newsroom.hold('reworded', { ...fireReworded, story: 'fire', at: start + 2 * hour, outlet: 'Courier' })
  await newsroom.hold('copy', {
    ...fire,
    story: 'fire',
    at: start + 2 * hour,
    outlet: 'Bulletin',
    copyOf: 'fire',
  })
  await newsroom.hold('reef', { ...reef, story: 'reef', at: start + 2 * hour })
  const second = await newsroom.compose(start + 3 * hour, first.id)
  assert.deepEqual(headlines(second.content), [reef.headline])
  assert.deepEqual(reasonOf(second.passed, newsroom.idOf('reworded')), { reason: 'not-moved', ofNumber: 1 })
  assert.deepEqual(reasonOf(second.passed, newsroom.idOf('copy')), {
    reason: 'copy',
    of: newsroom.idOf('fire'),
    ofNumber: 1,
  })
  await newsroom.hold('arrest', {
    ...fireMoved,
    story: 'fire',
    at: start + 4 * hour,
    outlet: 'Courier',
    url: 'https://courier.example/arrest',
  })
  const third = await newsroom.edition(start + 5 * hour, first.id)
  const update = third.items.find(({ storyId }) => storyId === 'fire')
  assert.equal(update?.headline, fireMoved.headline)
  assert.deepEqual(update?.update, {
    ofNumber: 1,
    news: [{ text: fireMoved.body[0], outlet: 'Courier', url: 'https://courier.example/arrest' }],
  })
  assert.deepEqual(update?.carries.map(newsroom.keyOf).sort(), ['arrest', 'copy', 'reworded'])
  assert.match(update?.because ?? '', /new facts/)
  const again = await newsroom.make(start + 6 * hour, third.id)
  assert.deepEqual(again, { kind: 'nothing', passed: [] })
})

test('an article that is rewritten in place returns when it tells something new, and is compared with what it said', async (t) => {
  const newsroom = await openNewsroom(t)
  await newsroom.hold('fire', { ...fire, story: 'fire', at: start })
  const first = await newsroom.edition(start + hour)
  await newsroom.hold('fire', {
    ...fire,
    headline: 'Fire at Kelsport: twelve dead',
    story: 'fire',
    at: start + 2 * hour,
  })
  assert.equal((await newsroom.make(start + 3 * hour, first.id)).kind, 'nothing')
  await newsroom.hold('fire', { ...fireMoved, story: 'fire', at: start + 4 * hour })
  const second = await newsroom.edition(start + 5 * hour, first.id)
  assert.deepEqual(
    second.items[0]?.update?.news.map(({ text }) => text),
    [fireMoved.body[0]],
  )
  assert.equal((await newsroom.make(start + 6 * hour, second.id)).kind, 'nothing')
})

test('a told story that cannot be read in time waits, and the log says so', async (t) => {
  const newsroom = await openNewsroom(t)
  await newsroom.hold('fire', { ...fire, story: 'fire', at: start })
  const first = await newsroom.edition(start + hour)
  await newsroom.hold('arrest', { ...fireMoved, story: 'fire', at: start + 2 * hour })
  const lines: string[] = []
  const made = await newsroom.make(start + 3 * hour, first.id, {
    findNews: () => Promise.reject(new Error('too slow')),
    log: createLog({ level: 'warn', sink: (line) => void lines.push(line) }),
  })
  assert.equal(made.kind, 'nothing')
  assert.match(lines.join(), /story\.unread/)
  assert.equal((await newsroom.edition(start + 4 * hour, first.id)).items[0]?.update?.ofNumber, 1)
})

test('what is filtered and what had no place says so; each reason is recorded once', async (t) => {
  const newsroom = await openNewsroom(t, { size: 2, filters: { exclude: ['horoscope'] } })
  for (const at of [1, 2, 3, 4]) {
    await newsroom.hold(`a${at}`, {
      headline: `Matter ${at}`,
      story: `s${at}`,
      at: start - at * hour,
      outlet: `O${at}`,
    })
  }
  await newsroom.hold('stars', { headline: 'Your horoscope', story: 's5', at: start })
  const { passed } = await newsroom.compose(start + hour)
  assert.deepEqual(reasonOf(passed, newsroom.idOf('stars')), {
    reason: 'filtered',
    rule: 'exclude words: horoscope',
  })
  const third = reasonOf(passed, newsroom.idOf('a3'))
  assert.deepEqual(third?.reason === 'below-cut' && [third.place, third.of], [3, 4])
  assert.ok(third?.reason === 'below-cut' && third.points > 0)
  const first = await newsroom.edition(start + hour)
  const { standing } = await newsroom.storage.desk.candidates(newsroom.digest.id, first.id, start + 2 * hour)
  assert.deepEqual([...standing].map(([id, reason]) => [newsroom.keyOf(id), reason]).sort(), [
    ['a3', 'below-cut'],
    ['a4', 'below-cut'],
    ['stars', 'filtered'],
  ])
  await newsroom.hold('a6', { headline: 'Matter 6', story: 's6', at: start + 2 * hour, outlet: 'O6' })
  const second = await newsroom.edition(start + 3 * hour, first.id)
  assert.equal(second.items.length, 2)
  const late = await newsroom.compose(start + 8 * day, second.id)
  assert.deepEqual(late.passed.map(({ articleId, why }) => [newsroom.keyOf(articleId), why]).sort(), [
    ['a4', { reason: 'too-late', standing: 'below-cut' }],
    ['stars', { reason: 'too-late', standing: 'filtered' }],
  ])
})

test('a story stays while one of its articles does, and carries no other', async (t) => {
  const newsroom = await openNewsroom(t, { filters: { exclude: [{ source: 'Courier' }] } })
  await newsroom.hold('a', { ...fire, story: 'fire', at: start })
  await newsroom.hold('b', { ...fire, headline: 'Best text', story: 'fire', at: start, outlet: 'Courier' })
  const { content, passed } = await newsroom.compose(start + hour)
  assert.deepEqual(content.items[0]?.carries.map(newsroom.keyOf), ['a'])
  assert.deepEqual(content.items[0]?.outlets, ['Harbour Wire'])
  assert.equal(reasonOf(passed, newsroom.idOf('b'))?.reason, 'filtered')
})

for (const [then, expected] of [
  ['post', { kind: 'edition', quiet: undefined, items: 1 }],
  ['say', { kind: 'edition', quiet: 'said', items: 1 }],
  ['skip', { kind: 'nothing' }],
] as const) {
  test(`on a quiet day a digest set to "${then}" does that, and what waits is not lost`, async (t) => {
    const newsroom = await openNewsroom(t, { quiet: { below: 2, do: then } })
    await newsroom.hold('a', { headline: 'A', story: 's1', at: start })
    const made = await newsroom.make(start + hour)
    if (made.kind === 'nothing') {
      assert.deepEqual({ kind: made.kind }, expected)
      assert.deepEqual(reasonOf(made.passed, newsroom.idOf('a')), { reason: 'quiet', stories: 1 })
      await newsroom.hold('b', { headline: 'B', story: 's2', at: start + 2 * hour })
      assert.equal((await newsroom.edition(start + 3 * hour)).items.length, 2)
    } else {
      const { quiet, items } = made.edition
      assert.deepEqual({ kind: made.kind, quiet, items: items.length }, expected)
      const next = await newsroom.make(start + day, made.edition.id)
      assert.equal(
        next.kind,
        then === 'say' ? 'edition' : 'nothing',
        'without any story only "say" says something',
      )
    }
  })
}

test('sections stand in the order of their best story, after the lead; what is in none comes last', async (t) => {
  const newsroom = await openNewsroom(t, {
    topics: [
      { name: 'Sport', words: ['match'] },
      { name: 'Energy', words: ['power'] },
    ],
    sections: 'topics',
    sectionSize: 2,
  })
  const tell = (key: string, headline: string, outlets: number) =>
    Promise.all(
      Array.from({ length: outlets }, (_, at) =>
        newsroom.hold(`${key}${at}`, {
          headline: `${headline}, ${at}`,
          story: key,
          at: start,
          outlet: `${key}${at}`,
        }),
      ),
    )
  await tell('a', 'The lead', 12)
  await tell('b', 'Nothing special', 5)
  await tell('c', 'Power cut', 4)
  await tell('d', 'Big match', 3)
  await tell('e', 'Power plant', 2)
  await tell('f', 'Power line', 1)
  const { items, hasLead, sections } = await newsroom.edition(start + hour)
  assert.deepEqual(
    items.map(({ storyId, section }) => [storyId, section]),
    [
      ['a', undefined],
      ['c', 'Energy'],
      ['e', 'Energy'],
      ['d', 'Sport'],
      ['b', undefined],
    ],
  )
  assert.deepEqual([hasLead, sections], [true, 'topics'])
})

test('sources count as much as the digest trusts them, and news of last week is not fresh', async (t) => {
  const trusting = await openNewsroom(t, {
    sources: [
      { folder: 'articles', weight: 0.5 },
      { folder: 'courier', weight: 3 },
    ],
  })
  await trusting.hold('a', { headline: 'A', story: 's1', at: start, outlet: 'Rumour' })
  await trusting.hold('b', { headline: 'B', story: 's2', at: start, outlet: 'Courier', source: 'courier' })
  assert.deepEqual(headlines((await trusting.compose(start + hour)).content), ['B', 'A'])
  const newsroom = await openNewsroom(t)
  await newsroom.hold('late', { headline: 'Late', story: 's0', at: start, publishedAt: start - 5 * day })
  await newsroom.hold('new', { headline: 'New', story: 's1', at: start - hour, outlet: 'Courier' })
  assert.deepEqual(headlines((await newsroom.compose(start + hour)).content), ['New', 'Late'])
})

test('a summary that the story tells together is used where this digest may show all of it', async (t) => {
  const newsroom = await openNewsroom(t)
  await newsroom.hold('a', { ...fire, story: 'fire', at: start, url: 'https://wire.example/a' })
  await newsroom.hold('b', { ...fireReworded, story: 'fire', at: start, outlet: 'Courier' })
  await newsroom.hold('c', { ...fireMoved, story: 'fire', at: start, source: 'elsewhere', outlet: 'Secret' })
  const sentence = (key: string, text: string) => ({ text, articleId: newsroom.idOf(key) })
  const keep = async (third: ReturnType<typeof sentence>) =>
    newsroom.storage.summarising.keepSummaries(
      { storyId: 'fire' as StoryId, revision: 1 },
      new Map([['en', { brief: sentence('b', 'Brief.'), sentences: [sentence('a', 'One.'), third] }]]),
    )
  await keep(sentence('b', 'Two.'))
  const [item] = (await newsroom.compose(start + hour)).content.items
  assert.equal(item?.brief, 'Brief.')
  assert.deepEqual(item?.summary, [
    { text: 'One.', outlet: 'Harbour Wire', url: 'https://wire.example/a' },
    { text: 'Two.', outlet: 'Courier', url: 'https://wire.example/bridge' },
  ])
  await keep(sentence('c', 'Two.'))
  const [own] = (await newsroom.compose(start + hour)).content.items
  assert.equal(
    own?.summary.some(({ text }) => text === 'One.'),
    false,
  )
  assert.doesNotMatch(JSON.stringify(own), /Secret/)
})

test('a model writes where the digest asks for it, and the articles speak where it cannot', async (t) => {
  const newsroom = await openNewsroom(t, { summaries: 'model' })
  await newsroom.hold('a', { ...fire, story: 'fire', at: start })
  await newsroom.hold('b', { ...reef, story: 'reef', at: start })
  const writeSummaries: WriteSummaries = async (stories) =>
    new Map(
      stories
        .filter(({ story }) => story.id === 'fire')
        .map(({ story, articles }) => {
          const sentences = ['Written.', 'By a model.']
          const articleIds = sentences.map(() => articles[0].id)
          return [story.id, { brief: 'Written.', sentences, articleIds, model: 'tiny-news' }]
        }),
    )
  const made = await newsroom.make(start + hour, undefined, { writeSummaries })
  assert.ok(made.kind === 'edition')
  assert.deepEqual(
    made.edition.items
      .map(({ storyId, by, model, brief }) => [storyId, by, model, brief === 'Written.'])
      .sort(),
    [
      ['fire', 'model', 'tiny-news', true],
      ['reef', 'extract', undefined, false],
    ],
  )
})

interface Step {
  readonly afterMinutes: number
  readonly events: readonly {
    readonly what: 'new' | 'reword' | 'move' | 'copy' | 'redate' | 'change' | 'merge'
    readonly of: number
    readonly daysOld: number
  }[]
}

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    afterMinutes: fc.integer({ min: 30, max: 3 * 24 * 60 }),
    events: fc.array(
      fc.record({
        what: fc.constantFrom('new', 'new', 'new', 'reword', 'move', 'copy', 'redate', 'change', 'merge'),
        of: fc.nat(30),
        daysOld: fc.integer({ min: -1, max: 20 }),
      }),
      { maxLength: 8 },
    ),
  }),
  { minLength: 2, maxLength: 5 },
)

const accidents = [
  'ferry',
  'factory',
  'tunnel',
  'harvest',
  'museum',
  'bakery',
  'quarry',
  'school',
  'tower',
  'dam',
]

/** A story's report with so many dead; more dead are the one new fact. */
function report(story: number, dead: number, wording: number) {
  const place = `${accidents[story % accidents.length]} number ${story}`
  const died = ['have died in an accident at', 'were killed in an accident at'][wording % 2]
  return {
    headline: `${dead} dead after accident at ${place}`,
    standfirst: `Officials spoke of ${dead} dead people.`,
    body: [
      `${dead} people ${died} the ${place}, officials said.`,
      `The ${place} was closed after the accident.`,
    ],
  }
}

/** What a digest was told over several days, and which editions it made of it. */
async function live(newsroom: Newsroom, history: readonly Step[]) {
  let now = start
  let previous: EditionId | undefined
  const dead = new Map<number, number>()
  const editions: { edition: Edition; previous: EditionId | undefined; isDisturbed: boolean }[] = []
  const reasons = new Map<ArticleId, Passed>()
  const changes = new Map<string, number>()
  let articles = 0
  for (const step of history) {
    const { afterMinutes, events } = step
    const until = now + afterMinutes * minute
    for (const { what, of, daysOld } of events) {
      const keys = [...changes.keys()]
      const target = keys[of % Math.max(1, keys.length)]
      const story = what === 'new' || target === undefined ? dead.size : Number(target.split('.')[0])
      if (!dead.has(story)) dead.set(story, 12)
      if (what === 'move') dead.set(story, (dead.get(story) ?? 0) + 7)
      const inPlace = (what === 'redate' || what === 'change') && target !== undefined
      const key = inPlace ? target : `${story}.${articles++}`
      changes.set(key, inPlace ? (changes.get(key) ?? 0) + 1 : 0)
      await newsroom.hold(key, {
        ...report(story, dead.get(story) ?? 12, what === 'reword' ? 1 : 0),
        story: `s${story}`,
        at: now + minute,
        outlet: `Outlet ${articles % 5}`,
        ...(daysOld < 0 ? {} : { publishedAt: now - daysOld * day }),
        ...(what === 'copy' && target !== undefined ? { copyOf: target } : {}),
      })
      if (what === 'merge' && target !== undefined && story > 0) {
        await newsroom.storage.intake.assignStories(
          [],
          [{ from: `s${story}` as StoryId, into: 's0' as StoryId }],
        )
      }
    }
    now = until
    const before = await newsroom.compose(now, previous)
    assert.deepEqual(await newsroom.compose(now, previous), before, 'composing twice changes nothing')
    const made = await newsroom.make(now, previous)
    const passed = made.kind === 'edition' ? before.passed : made.passed
    for (const each of passed) reasons.set(each.articleId, each)
    if (made.kind === 'edition') {
      assert.deepEqual(await newsroom.make(now, previous), made, 'making twice gives the edition that stands')
      // What was held then is overwritten later: articles in place, and where they belong.
      const later = history.slice(history.indexOf(step) + 1).flatMap((each) => each.events)
      const isDisturbed = later.some(({ what }) => ['redate', 'change', 'merge'].includes(what))
      editions.push({ edition: made.edition, previous, isDisturbed })
      previous = made.edition.id
    }
  }
  return { editions, reasons, changes, now, previous }
}

test('over any history every article is carried once or has a reason, and an update tells new facts', async (t) => {
  await fc.assert(
    fc.asyncProperty(steps, fc.constantFrom(1, 3, 8), async (history, size) => {
      const newsroom = await openNewsroom(t, { size })
      const { editions, reasons, changes, now, previous } = await live(newsroom, history)
      const carried = new Map<string, number>()
      for (const { edition } of editions) {
        assert.ok(edition.items.length <= size)
        const inThis = edition.items.flatMap(({ carries }) => carries.map(newsroom.keyOf))
        assert.equal(new Set(inThis).size, inThis.length, 'an edition carries an article once')
        for (const key of inThis) carried.set(key, (carried.get(key) ?? 0) + 1)
        for (const { update } of edition.items) {
          if (update === undefined) continue
          assert.ok(update.ofNumber < edition.number)
          // Where two events were merged, the one is news to the other.
          const isMerged = history.some(({ events }) => events.some(({ what }) => what === 'merge'))
          const tellsToll = update.news.some(({ text }) => /\d+ (?:people|dead)/.test(text))
          assert.ok(isMerged || tellsToll, JSON.stringify(update))
        }
      }
      for (const [key, changed] of changes) {
        const times = carried.get(key) ?? 0
        assert.ok(times <= 1 + changed, `${key} was carried ${times} times and changed ${changed} times`)
        if (times === 0) assert.ok(reasons.has(newsroom.idOf(key)), `${key} is lost`)
      }
      for (const { edition, previous: before, isDisturbed } of editions) {
        if (isDisturbed) continue
        const { content } = await newsroom.compose(edition.composedAt, before)
        const { id: _, digestId: __, number: ___, slot: ____, composedAt: _____, ...frozen } = edition
        assert.deepEqual(content, frozen, 'the same input gives the same edition')
      }
      for (const { carries, update } of (await newsroom.compose(now, previous)).content.items) {
        const again = carries.map(newsroom.keyOf).filter((key) => carried.has(key))
        assert.ok(again.every((key) => update !== undefined && (changes.get(key) ?? 0) > 0))
      }
    }),
    { numRuns: isOn(t, 'SQLite') ? 12 : 3 },
  )
})

test('the order in which storage gives what it holds does not matter', async (t) => {
  const newsroom = await openNewsroom(t, { size: 3 })
  for (let story = 0; story < 6; story++) {
    for (let outlet = 0; outlet <= story % 3; outlet++) {
      const key = `${story}.${outlet}`
      await newsroom.hold(key, {
        ...report(story, 12, outlet),
        story: `s${story}`,
        at: start,
        outlet: `Outlet ${outlet}`,
      })
    }
  }
  const first = await newsroom.edition(start + hour)
  for (const { storyId } of first.items) {
    const story = Number(storyId.slice(1))
    for (const at of [1, 2]) {
      const key = `${story}.later ${at}`
      await newsroom.hold(key, {
        ...report(story, 12 + 7 * at, 0),
        story: storyId,
        at: start + at * hour,
        outlet: `New ${at}`,
      })
    }
  }
  const expected = await newsroom.compose(start + 4 * hour, first.id)
  assert.ok(expected.content.items.some(({ update }) => update !== undefined))
  const { desk } = newsroom.storage
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.nat()), async (numbers) => {
      const shuffle = <Each>(all: readonly Each[]): Each[] =>
        all
          .map((each) => ({ each, by: numbers.next().value ?? 0 }))
          .sort((a, b) => a.by - b.by)
          .map(({ each }) => each)
      const shuffling: EditionDesk = {
        ...desk,
        candidates: async (...asked) => {
          const found = await desk.candidates(...asked)
          const stories = found.stories.map((story) => {
            const [one, ...rest] = shuffle(story.articles)
            return one === undefined ? story : { ...story, articles: [one, ...rest] as const }
          })
          return { ...found, stories: shuffle(stories), overdue: shuffle(found.overdue) }
        },
        texts: async (wanted) => shuffle(await desk.texts(wanted)),
        stories: async (...asked) => shuffle(await desk.stories(...asked)),
      }
      const { content, passed } = await newsroom.compose(start + 4 * hour, first.id, { desk: shuffling })
      assert.deepEqual({ content, passed }, { content: expected.content, passed: expected.passed })
    }),
    { numRuns: 10 },
  )
})
