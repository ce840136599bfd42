/** Search over what is held, and the list of headlines, on a SQLite file. */
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import type { ArticleId, SourceId, StoryId } from '../../src/article/article.ts'
import { type DigestId, definitionSchema } from '../../src/digest/definition.ts'
import type { AnalysedArticle } from '../../src/digest/library.ts'
import type { SearchHit, SearchOptions } from '../../src/digest/search.ts'
import { catchUpSearch } from '../../src/jobs/search-index.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { openStorage, type Storage } from '../../src/storage/storage.ts'
import { isOn, newDatabase, test } from '../support/engines.ts'
import { wholeArticle } from '../support/newsroom.ts'

const hour = 3_600_000
const day = 24 * hour
const start = Date.UTC(2026, 10, 20)
const wire = 'folder:wire/articles' as SourceId
const bote = 'folder:bote/articles' as SourceId

interface Held extends Partial<AnalysedArticle> {
  readonly story?: string
  readonly at?: number
  readonly source?: SourceId
  readonly copyOf?: ArticleId
}

interface Shelf {
  readonly storage: Storage
  readonly url: string
  /** Holds an article under a key; its story is named after the key unless told. */
  readonly hold: (key: string, article: Held) => Promise<ArticleId>
  /** The headlines found, the best first. */
  readonly found: (words: string, options?: Partial<SearchOptions>) => Promise<readonly string[]>
}

async function open(t: TestContext, fulltext: 'always' | 'never' = 'always'): Promise<Shelf> {
  const url = await newDatabase(t)
  const storage = await openStorage(url)
  t.after(() => storage.close())
  const schedule = { times: ['07:30'], zone: 'UTC' }
  const house = (id: string, source: SourceId) => ({
    digest: {
      id: id as DigestId,
      ...definitionSchema.parse({ title: id, language: 'en', sources: [{ folder: 'articles' }], schedule }),
    },
    sources: [{ id: source, kind: 'folder', address: id, fulltext } as const],
  })
  await storage.intake.setHouseDigests([house('wire', wire), house('bote', bote)], 0)
  const hold: Shelf['hold'] = async (key, { story = key, at = start, source = wire, copyOf, ...given }) => {
    const article = wholeArticle({ url: `https://wire.example/${key}`, ...given })
    const incoming = { sourceId: source, keys: [key] }
    const { id } = await storage.intake.hold(incoming, JSON.stringify(article), article, at)
    const assignment = { articleId: id, storyId: story as StoryId, ...(copyOf && { copyOf }) }
    await storage.intake.assignStories([assignment], [])
    return id
  }
  const found: Shelf['found'] = async (words, options = {}) => {
    const { hits } = await storage.search.find({ words, limit: 20, ...options })
    return hits.map(({ headline }) => headline)
  }
  return { storage, url, hold, found }
}

const german = (headline: string, ...body: string[]) => ({ language: 'de', headline, standfirst: '', body })
const english = (headline: string, ...body: string[]) => ({ language: 'en', headline, standfirst: '', body })

const show = ({ snippet }: SearchHit): string =>
  snippet.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('')

test('a word is found in other forms of it, in the language of each article', async (t) => {
  const { hold, found } = await open(t)
  await hold('de', german('Stadtrat stimmt zu', 'Die Brücken über die Elme werden saniert.'))
  await hold('en', english('Council agrees', 'The ferries were delayed for hours.'))
  await hold('fr', { ...english('L’État annonce une réforme', 'Les élus ont voté.'), language: 'fr' })
  await hold('ja', { ...english('東京都で地震が発生', 'けが人はいない。'), language: 'ja' })
  await hold('ru', { ...english('Землетрясение в Москве', 'Погибших нет.'), language: 'ru' })
  assert.deepEqual(await found('Brücke'), ['Stadtrat stimmt zu'])
  assert.deepEqual(await found('ferry delays'), ['Council agrees'])
  assert.deepEqual(await found('annoncer réformes'), ['L’État annonce une réforme'])
  assert.deepEqual(await found('état'), ['L’État annonce une réforme'])
  assert.deepEqual(await found('地震'), ['東京都で地震が発生'])
  assert.deepEqual(await found('東京 地震'), ['東京都で地震が発生'])
  assert.deepEqual(await found('землетрясения москва'), ['Землетрясение в Москве'])
  assert.deepEqual(await found('Sonnenfinsternis'), [])
})

test('a word that two languages read differently finds both', async (t) => {
  const { hold, found } = await open(t)
  await hold('de', german('Verein wächst', 'Neue Organisationen entstehen.'))
  await hold('en', english('Clubs grow', 'New organisations appear.'))
  assert.deepEqual((await found('organisation')).toSorted(), ['Clubs grow', 'Verein wächst'])
})

test('accents, umlauts, case and letters written out do not matter', async (t) => {
  const { hold, found } = await open(t)
  await hold('a', german('Neue Brücke in Großstädten', 'Das Café öffnet.'))
  for (const typed of ['brücke', 'BRUCKE', 'Bruecke', 'grossstädten', 'cafe', 'oeffnet'])
    assert.deepEqual(await found(typed), ['Neue Brücke in Großstädten'], typed)
  await hold('b', german('Bruecke gesperrt', 'Ohne Umlaute.'))
  assert.deepEqual(await found('Brücke gesperrt'), ['Bruecke gesperrt'])
})

test('the headline counts more than the text, the word itself more than a compound, and the newer more than the older', async (t) => {
  const { hold, found } = await open(t)
  await hold('body', german('Stadtrat tagt', 'Es ging um vieles, am Rande auch um die Brücke.'))
  await hold('compound', german('Brückenneubau verzögert sich', 'Es dauert.'))
  await hold('head', german('Brücke gesperrt', 'Es dauert.'))
  assert.deepEqual(await found('Brücke'), [
    'Brücke gesperrt',
    'Stadtrat tagt',
    'Brückenneubau verzögert sich',
  ])
  await hold('old', { ...english('Harbour storm', 'Waves.'), at: start - 20 * day })
  await hold('new', { ...english('Harbour storm again', 'Waves.'), at: start })
  await hold('weak', {
    ...english('Markets rise', 'After the storm, traders at the harbour smiled.'),
    at: start,
  })
  assert.deepEqual(await found('harbour storm'), ['Harbour storm again', 'Harbour storm', 'Markets rise'])
})

test('a compound is no reading of a word in other languages, nor of a short one', async (t) => {
  const { hold, found } = await open(t)
  await hold('de', german('Wahlkampf beginnt', 'Die Parteien rüsten sich.'))
  await hold('en', english('New policy on parking', 'The council decided.'))
  assert.deepEqual(await found('Wahlen '), ['Wahlkampf beginnt'])
  assert.deepEqual(await found('police '), [])
})

test('a phrase is found as it stands, and a minus leaves words and phrases out', async (t) => {
  const { hold, found } = await open(t)
  await hold('a', english('New bridge agreed', 'The old bridge closes.'))
  await hold('b', english('Bridge gets new lamps', 'Light for all.'))
  assert.deepEqual(await found('"new bridge"'), ['New bridge agreed'])
  assert.deepEqual(await found('„new bridges“'), ['New bridge agreed'])
  assert.deepEqual(await found('"bridge new"'), [])
  assert.deepEqual(await found('bridge -lamp'), ['New bridge agreed'])
  assert.deepEqual(await found('bridge -"old bridge"'), ['Bridge gets new lamps'])
  assert.deepEqual(await found('-lamp'), [])
})

test('words of grammar need not be there; where they are, the article comes first', async (t) => {
  const { hold, found } = await open(t)
  await hold('de', german('Es war einmal', 'Es war im Winter.'))
  await hold('peace', english('Sudan talks', 'Sudan, Sudan, Sudan: talks on Sudan.'))
  await hold('war', english('Fighting goes on', 'The war in Sudan goes on.'))
  assert.deepEqual(await found('war in Sudan'), ['Fighting goes on', 'Sudan talks'])
  assert.deepEqual(await found('war'), ['Fighting goes on', 'Es war einmal'])
})

test('the last word may be unfinished, the others not', async (t) => {
  const { hold, found } = await open(t)
  await hold('a', english('Government falls', 'The bridge stays.'))
  assert.deepEqual(await found('gov'), ['Government falls'])
  assert.deepEqual(await found('governme'), ['Government falls'])
  assert.deepEqual(await found('bridge gov'), ['Government falls'])
  assert.deepEqual(await found('gov bridge'), [])
  assert.deepEqual(await found('gov '), [])
  assert.deepEqual(await found('go'), [])
})

test('a story is one hit, told by the article that fits best; a copy speaks only where its original was not found', async (t) => {
  const { storage, hold, found } = await open(t)
  const original = await hold('a', { ...english('Reef found', 'A coral reef.'), story: 's' })
  const copy = { ...english('Reef found', 'A coral reef.'), story: 's', at: start + hour, copyOf: original }
  await hold('b', { ...copy, outlet: 'Courier', source: bote })
  await hold('c', { ...english('Divers speak', 'About the reef.'), story: 's' })
  await hold('d', { ...english('Another reef', 'Far away.'), story: 't' })
  const { hits, total } = await storage.search.find({ words: 'reef', limit: 10 })
  assert.equal(total, 2)
  assert.deepEqual(hits.map(({ storyId }) => storyId).sort(), ['s', 't'])
  assert.equal(hits.find(({ storyId }) => storyId === 's')?.articleId, original)
  const elsewhere = await storage.search.find({ words: 'reef', digestIds: ['bote' as DigestId], limit: 10 })
  assert.deepEqual(
    elsewhere.hits.map(({ outlet }) => outlet),
    ['Courier'],
  )
  assert.deepEqual(await found('reef', { limit: 1, offset: 5 }), [])
})

test('pages follow one another without gap or repetition', async (t) => {
  const { storage, hold } = await open(t)
  for (let n = 0; n < 25; n += 1) await hold(`a${n}`, { ...english(`Storm ${n}`, 'Rain.'), at: start + n })
  const pages = await Promise.all(
    [0, 10, 20].map((offset) => storage.search.find({ words: 'storm', limit: 10, offset })),
  )
  assert.deepEqual(
    pages.map(({ hits, total }) => [hits.length, total]),
    [
      [10, 25],
      [10, 25],
      [5, 25],
    ],
  )
  assert.equal(new Set(pages.flatMap(({ hits }) => hits.map(({ articleId }) => articleId))).size, 25)
})

test('only what the digests and the language asked for hold is found', async (t) => {
  const { storage, hold, found } = await open(t)
  const id = await hold('a', { ...english('Storm at sea', 'Rain.'), source: wire })
  await hold('b', { ...german('Storm in Bremen', 'Regen.'), source: bote })
  const of = (...ids: string[]) => found('storm', { digestIds: ids as DigestId[] })
  assert.deepEqual(await of('wire'), ['Storm at sea'])
  assert.deepEqual(await of('bote'), ['Storm in Bremen'])
  assert.equal((await of('wire', 'bote')).length, 2)
  assert.deepEqual(await of(), [])
  assert.deepEqual(await of('unknown'), [])
  assert.deepEqual(await found('storm', { language: 'de-AT' }), ['Storm in Bremen'])
  await storage.intake.addSource(id, bote, 0)
  assert.equal((await of('bote')).length, 2)
})

test('what is changed, retired or back is found as it is now', async (t) => {
  const { storage, hold, found } = await open(t)
  await hold('a', english('Storm at sea', 'Rain.'))
  await hold('a', english('Calm at sea', 'Sunshine.'))
  assert.deepEqual(await found('storm'), [])
  assert.deepEqual(await found('sunshine'), ['Calm at sea'])
  await storage.intake.retire('a', start + 1)
  assert.deepEqual(await found('sunshine'), [])
  assert.deepEqual(await storage.library.findHeadlines({ words: 'calm', limit: 5 }), [])
  await hold('a', english('Calm at sea', 'Sunshine.'))
  assert.deepEqual(await found('sunshine'), ['Calm at sea'])
})

test('an article that goes to another story or is deleted is known so at once', async (t) => {
  const { storage, url, hold, found } = await open(t)
  const id = await hold('a', { ...english('Storm at sea', 'Rain.'), story: 's' })
  await storage.intake.assignStories([{ articleId: id, storyId: 't' as StoryId }], [])
  const { hits } = await storage.search.find({ words: 'storm', limit: 5 })
  assert.equal(hits[0]?.storyId, 't')
  const [line] = await storage.library.findHeadlines({ words: 'storm', limit: 5 })
  assert.equal(line?.storyId, 't')
  const db = await openDatabase(url)
  await db.deleteFrom('article').where('id', '=', id).execute()
  await db.destroy()
  assert.deepEqual(await found('storm'), [])
})

test('the index is rebuilt from what is held, and reads what changed behind its back', async (t) => {
  const { storage, url, hold, found } = await open(t)
  for (let n = 0; n < 25; n += 1) await hold(`a${n}`, { ...english(`Storm ${n}`, 'Rain.'), at: start + n })
  const before = await found('storm', { limit: 25 })
  const lines = await storage.library.findHeadlines({ words: 'sto', limit: 25 })
  await storage.searchIndex.rebuild()
  assert.deepEqual(await found('storm'), [])
  assert.equal(await catchUpSearch(storage.searchIndex.catchUp), 25)
  assert.equal(await catchUpSearch(storage.searchIndex.catchUp), 0)
  assert.deepEqual(await found('storm', { limit: 25 }), before)
  assert.deepEqual(await storage.library.findHeadlines({ words: 'sto', limit: 25 }), lines)
  const db = await openDatabase(url)
  await db.updateTable('article').set({ stems: 'storm 7 snow' }).where('headline', '=', 'Storm 7').execute()
  await db.destroy()
  assert.deepEqual(await found('snow'), [])
  assert.equal(await catchUpSearch(storage.searchIndex.catchUp), 1)
  assert.deepEqual(await found('snow'), ['Storm 7'])
})

test('an index of an older version is rebuilt by itself', async (t) => {
  const { storage, url, hold, found } = await open(t)
  await hold('a', english('Storm at sea', 'Rain.'))
  await storage.setNote('search.version', 'older')
  const later = await openStorage(url)
  t.after(later.close)
  assert.equal(await catchUpSearch(later.searchIndex.catchUp), 1)
  assert.deepEqual(await found('storm'), ['Storm at sea'])
  assert.equal(await catchUpSearch(later.searchIndex.catchUp), 0)
})

test('the snippet shows the found words in the text, and no more than the source allows', async (t) => {
  const open1 = await open(t)
  const text = english(
    'Port Averne votes',
    'Rain fell.',
    'The council of Port Averne wants new bridges. It was late.',
  )
  await open1.hold('a', text)
  const [hit] = (await open1.storage.search.find({ words: 'bridge council', limit: 1 })).hits
  assert.ok(hit)
  assert.equal(show(hit), 'The [council] of Port Averne wants new [bridges]. It was late.')
  const open2 = await open(t, 'never')
  await open2.hold('a', { ...text, summary: ['Port Averne decided.'] })
  const [closed] = (await open2.storage.search.find({ words: 'bridge', limit: 1 })).hits
  assert.ok(closed)
  assert.equal(show(closed), 'Port Averne decided.')
})

test('nothing that anybody can type is an error', async (t) => {
  const { storage, hold } = await open(t)
  await hold('a', english('Storm "at" sea', 'Rain AND snow.'))
  await hold('b', { ...english('東京都で地震が発生', 'けが人はいない。'), language: 'ja' })
  await hold('c', german('Brücke', 'NEAR(a b)'))
  const pieces = [
    '"',
    '„',
    '-',
    '*',
    '(',
    ')',
    ':',
    '^',
    '+',
    'AND',
    'OR',
    'NOT',
    'NEAR(',
    'headline :',
    '{',
    '}',
  ]
  const piece = fc.oneof(
    fc.constantFrom(
      ...pieces,
      '\0',
      '\ud800',
      '§de',
      '%',
      '_',
      "'",
      ';--',
      'storm',
      'brü',
      '地震',
      'ae',
      ' ',
      '\u0301',
    ),
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
  )
  const typed = fc.array(piece, { maxLength: 14 }).map((parts) => parts.join(''))
  await fc.assert(
    fc.asyncProperty(typed, fc.boolean(), async (words, isScoped) => {
      const scope = isScoped ? { digestIds: ['wire' as DigestId] } : {}
      const { hits, total } = await storage.search.find({ words, limit: 2, ...scope })
      assert.ok(hits.length <= Math.min(2, total))
      await storage.library.findHeadlines({ words, limit: 2, ...scope })
    }),
    { numRuns: isOn(t, 'SQLite') ? 300 : 60 },
  )
})

test('headlines are listed by any part of their words in any order, the newest story first and each once', async (t) => {
  const { storage, hold } = await open(t)
  await hold('a', { ...german('Donaubrücke gesperrt'), story: 's1', at: start })
  await hold('b', { ...german('Neue Brücke: 100 % teurer'), story: 's2', at: start + 1 })
  await hold('c', { ...german('Brücke wieder offen'), story: 's1', at: start + 2 })
  await hold('d', { ...english('L’État – a "quoted" word'), story: 's3', at: start + 3 })
  const listed = async (words: string, limit = 25) =>
    (await storage.library.findHeadlines({ words, limit })).map(
      ({ storyId, headline }) => `${storyId} ${headline}`,
    )
  assert.deepEqual(await listed('brucke'), ['s1 Brücke wieder offen', 's2 Neue Brücke: 100 % teurer'])
  assert.deepEqual(await listed('gesp DONAU'), ['s1 Donaubrücke gesperrt'])
  assert.deepEqual(await listed('b', 1), ['s1 Brücke wieder offen'])
  assert.deepEqual(await listed("l'etat - “"), [])
  assert.deepEqual(await listed('l\'état - "quoted"'), ['s3 L’État – a "quoted" word'])
  assert.deepEqual(await listed('100 %'), ['s2 Neue Brücke: 100 % teurer'])
})

test('a headline is found in spite of a written-out umlaut or one wrong letter, where nothing fits as typed', async (t) => {
  const { storage, hold } = await open(t)
  await hold('a', { ...german('Brücke über die Elme gesperrt'), at: start })
  await hold('b', { ...german('Große Fähre fällt aus'), at: start + 1 })
  await hold('c', { ...english('Blue whales return'), at: start + 2 })
  await hold('d', { ...german('Blumen am Seeufer'), at: start + 3 })
  await hold('e', { ...{ ...english('Землетрясение в Москве'), language: 'ru' }, at: start + 4 })
  const listed = async (words: string) =>
    (await storage.library.findHeadlines({ words, limit: 25 })).map(({ storyId }) => storyId)
  for (const typed of ['bruecke', 'brükce', 'brüke', 'brüccke', 'brocke elme', 'elme rbücke'])
    assert.deepEqual(await listed(typed), ['a'], typed)
  assert.deepEqual(await listed('faehre faellt'), ['b'])
  assert.deepEqual(await listed('Grosse Fähre'), ['b'])
  assert.deepEqual(await listed('blue'), ['c'], 'what fits as typed needs no forgiveness')
  assert.deepEqual(await listed('землетресение'), ['e'])
  assert.deepEqual(await listed('xyzzy elme'), [])
  assert.deepEqual(await listed('elma'), ['a'])
})

test('stories of the last two weeks are listed, and older ones only where nothing newer fits', async (t) => {
  const { storage, hold } = await open(t)
  await hold('old', { ...english('Storm over Saltmere'), at: start - 20 * day })
  await hold('older', { ...english('Bridge over Averne'), at: start - 40 * day })
  await hold('new', { ...english('Storm over Averne'), at: start })
  const listed = async (words: string) =>
    (await storage.library.findHeadlines({ words, limit: 25 })).map(({ storyId }) => storyId)
  assert.deepEqual(await listed(''), ['new'])
  assert.deepEqual(await listed('storm'), ['new'])
  assert.deepEqual(await listed('storm saltmere'), ['old'])
  assert.deepEqual(await listed('bridge'), ['older'])
})

test('a digest of more sources than the index is asked by holds what is its own, and no more', async (t) => {
  const { storage, url, hold, found } = await open(t)
  await hold('a', { ...english('Storm at sea', 'Rain for days.'), source: wire })
  await hold('b', { ...english('Storm in town', 'Rain for hours.'), source: bote })
  await found('storm')
  const db = await openDatabase(url)
  for (let at = 0; at < 120; at += 1) {
    const id = `feed:https://wire.example/${at}`
    await sql`insert into source (id, kind, address, fulltext, language) values (${id}, 'feed', '', 'always', 'en')`.execute(
      db,
    )
    await sql`insert into digest_source (digest_id, source_id) values ('wire', ${id})`.execute(db)
    await sql`insert into searched_source (source_id) values (${id})`.execute(db)
  }
  await db.destroy()
  const digestIds = ['wire' as DigestId]
  assert.deepEqual(await found('storm', { digestIds }), ['Storm at sea'])
  assert.deepEqual(await found('storm in the rain', { digestIds }), ['Storm at sea'])
  assert.deepEqual(await found('strom', { digestIds }), [])
  for (const words of ['storm', 'st', '', 'strom', 'a'])
    assert.deepEqual(
      (await storage.library.findHeadlines({ words, digestIds, limit: 25 })).map(({ headline }) => headline),
      ['Storm at sea'],
      words,
    )
})

test('headlines of other digests are not listed', async (t) => {
  const { storage, hold } = await open(t)
  await hold('a', { ...english('Storm at sea'), source: wire })
  await hold('b', { ...english('Storm in town'), source: bote })
  const listed = async (words: string, ...ids: string[]) =>
    (await storage.library.findHeadlines({ words, digestIds: ids as DigestId[], limit: 25 })).map(
      ({ headline }) => headline,
    )
  for (const words of ['storm', 'st', '', 'strom'])
    assert.deepEqual(await listed(words, 'bote'), ['Storm in town'], words)
  assert.equal((await listed('storm', 'wire', 'bote')).length, 2)
  assert.deepEqual(await listed('storm'), [])
})
