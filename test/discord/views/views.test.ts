/** Whatever an article holds, every view of it is a message that Discord takes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Article, ArticleId, SourceId, StoryId } from '../../../src/article/article.ts'
import type { Corrections } from '../../../src/digest/correction.ts'
import type { DigestId } from '../../../src/digest/definition.ts'
import type { Edition, EditionId, EditionItem, SourcedSentence } from '../../../src/digest/edition.ts'
import { sayIn } from '../../../src/discord/text/say.ts'
import { digestView, markerOf } from '../../../src/discord/views/digest-view.ts'
import { fulltextView, paginate } from '../../../src/discord/views/fulltext-view.ts'
import { button, fits, type View, weigh } from '../../../src/discord/views/layout.ts'
import { editionListView, storyListView } from '../../../src/discord/views/list-view.ts'
import { previewView } from '../../../src/discord/views/preview-view.ts'
import { summaryView } from '../../../src/discord/views/story-view.ts'
import { storyOf } from '../../../src/story/story.ts'
import { openTestDiscord } from '../../support/standin.ts'

const id = (number: number) => `id${number}`

const words = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '地震'.repeat(900),
      '😀'.repeat(900),
      '@everyone '.repeat(300),
      '['.repeat(3000),
      'a'.repeat(5000),
      '\u200B',
      '\n\n# x',
    ),
  },
)
const text = fc.array(words, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' '))
const url = fc.option(fc.oneof(fc.webUrl(), fc.constant(`https://a.example/${'y'.repeat(480)}`), text), {
  nil: undefined,
})

const article = fc
  .record({
    headline: text,
    brief: text,
    body: fc.array(text, { maxLength: 6 }),
    outlet: text,
    author: text,
    url,
    number: fc.nat(99),
  })
  .map(
    ({ headline, brief, body, outlet, author, url: address, number }): Article => ({
      id: id(number) as ArticleId,
      sourceId: 's' as SourceId,
      storyId: 'st' as StoryId,
      headline,
      standfirst: brief,
      body,
      authors: [author],
      outlet,
      language: 'en',
      ...(address === undefined ? {} : { url: address }),
      seenAt: 0,
      updatedAt: 0,
      brief,
      summary: [brief],
      fulltext: 'always',
      minutes: 1,
      terms: [],
    }),
  )

const sourced = fc
  .record({ text, outlet: text, url })
  .map(({ text: said, outlet, url: address }): SourcedSentence => {
    return { text: said, outlet, ...(address === undefined ? {} : { url: address }) }
  })

const more = fc.record({
  image: url,
  summary: fc.array(sourced, { maxLength: 4 }),
  by: fc.constantFrom('extract', 'model'),
  section: fc.option(fc.constantFrom('de', 'und', 'Energy', '@everyone ['), { nil: undefined }),
  update: fc.option(fc.record({ ofNumber: fc.nat(9), news: fc.array(sourced, { maxLength: 2 }) }), {
    nil: undefined,
  }),
  minutes: fc.nat(90),
})

const edition = fc
  .record({
    stories: fc.array(fc.tuple(article, more), { maxLength: 20 }),
    hasLead: fc.boolean(),
    sections: fc.constantFrom('topics', 'language', 'none'),
  })
  .map(
    ({ stories, hasLead, sections }): Edition => ({
      id: 'ed' as EditionId,
      digestId: 'd' as DigestId,
      number: 1,
      slot: 1_795_159_800_000,
      composedAt: 0,
      title: stories[0]?.[0].outlet.slice(0, 100) ?? 'T',
      language: 'de',
      minutes: 3,
      hasLead,
      sections,
      ...(stories.length < 3 ? { quiet: 'said' } : {}),
      items: stories.map(([each, { image, summary, by, section, update, minutes }], index) => ({
        storyId: id(index) as StoryId,
        articleId: each.id,
        headline: each.headline,
        brief: each.brief.slice(0, 200),
        summary,
        by,
        ...(by === 'model' ? { model: each.outlet } : {}),
        ...(each.url === undefined ? {} : { url: each.url }),
        ...(image === undefined ? {} : { image }),
        ...(section === undefined ? {} : { section }),
        ...(update === undefined ? {} : { update }),
        outlets: [each.outlet, `${each.outlet}2`],
        texts: 1,
        carriers: 2,
        at: 0,
        minutes,
        carries: [each.id],
        because: '',
      })),
    }),
  )

/** A story of several articles, with a summary that they give together. */
const story = fc
  .record({
    articles: fc.uniqueArray(article, { minLength: 1, maxLength: 8, selector: (each) => each.id }),
    sentences: fc.array(fc.record({ text, of: fc.nat(7), isCopy: fc.boolean() }), { maxLength: 8 }),
  })
  .map(({ articles, sentences }) => {
    const [first] = articles
    assert.ok(first)
    const attributed = sentences.map(({ text: said, of }) => ({
      text: said,
      articleId: (articles[of % articles.length] ?? first).id,
    }))
    const copies = articles.map((each, at) =>
      at > 0 && sentences[at % Math.max(1, sentences.length)]?.isCopy === true
        ? { ...each, copyOf: first.id }
        : each,
    )
    const [brief] = attributed
    const told = storyOf(
      'st' as StoryId,
      copies,
      brief === undefined ? new Map() : new Map([['en', { brief, sentences: attributed }]]),
    )
    assert.ok(told)
    return told
  })

function checkView(view: View): void {
  assert.ok(fits(weigh(view.components)), JSON.stringify(weigh(view.components)))
}

test('every size of edition packs into messages within the limits, in order and without loss', () => {
  fc.assert(
    fc.property(edition, fc.boolean(), (one, late) => {
      const views = digestView(one, { late })
      for (const [part, view] of views.entries()) {
        checkView(view)
        assert.ok(JSON.stringify(view).includes(markerOf(one, part)))
      }
      const say = sayIn(late ? 'de' : 'fr')
      checkView(previewView(one, [button(say('button.back'), { do: 'digest-list', page: 0 })], say))
      const shown = [...JSON.stringify(views).matchAll(/"1:summary:(id\d+)"/g)].map((match) => match[1])
      assert.deepEqual(
        shown,
        one.items.map((item) => item.storyId),
      )
    }),
    { numRuns: 60 },
  )
})

const ordinary: EditionItem = {
  storyId: 's' as StoryId,
  articleId: 'a' as ArticleId,
  headline: 'A headline of an ordinary length, as newspapers print them',
  brief: 'One sentence that tells what happened, to whom and where, in fewer than two hundred characters.',
  summary: [
    { text: 'One sentence that tells what happened, to whom and where.', outlet: 'Harbour Wire' },
    { text: 'Another one says why it matters, and a third what comes next.', outlet: 'Averne Courier' },
  ],
  by: 'extract',
  url: 'https://wire.example/2026/11/a-headline-of-an-ordinary-length',
  outlets: ['Harbour Wire', 'Averne Courier'],
  texts: 2,
  carriers: 1,
  at: 0,
  minutes: 3,
  carries: [],
  because: '',
}

const ordinaryEdition: Edition = {
  id: 'e' as EditionId,
  digestId: 'd' as DigestId,
  number: 7,
  slot: 1_795_159_800_000,
  composedAt: 0,
  title: 'Harbour Wire',
  language: 'en',
  hasLead: true,
  sections: 'none',
  minutes: 4,
  items: [],
}

const textsOf = (views: readonly View[]): string =>
  [...JSON.stringify(views).matchAll(/"content":("(?:[^"\\]|\\.)*")/g)]
    .map((match) => JSON.parse(match[1] ?? '""'))
    .join('\n')

test('whatever became of its articles, an edition keeps its messages, each within the limits and with its marker', () => {
  const correction = fc.oneof(
    fc.record({ kind: fc.constant('headline' as const), headline: text, at: fc.constant(0) }),
    fc.record({ kind: fc.constant('withdrawn' as const), at: fc.constant(0) }),
  )
  fc.assert(
    fc.property(edition, fc.array(fc.tuple(fc.nat(19), correction), { minLength: 1 }), (one, changes) => {
      const corrections: Corrections = new Map(
        changes.flatMap(([at, change]) => {
          const item = one.items[at]
          return item === undefined ? [] : [[item.articleId, change] as const]
        }),
      )
      const before = digestView(one, { late: true })
      const after = digestView(one, { late: true, corrections })
      assert.equal(after.length, before.length)
      for (const [part, { components }] of after.entries()) {
        assert.ok(fits(weigh(components)))
        assert.ok(JSON.stringify(components).includes(JSON.stringify(markerOf(one, part))))
      }
      const shown = JSON.stringify(after)
      for (const { articleId, storyId } of one.items) {
        const kind = corrections.get(articleId)?.kind
        assert.equal(shown.includes(`:${storyId}"`), kind !== 'withdrawn', `${storyId} ${kind}`)
      }
      if (corrections.size > 0) assert.match(shown, /✎/)
    }),
    { numRuns: 60 },
  )
})

test('eight ordinary stories, the first with a picture and one by a model, are one message', () => {
  const items = Array.from({ length: 8 }, (_, index): EditionItem => {
    const storyId = id(index) as StoryId
    if (index === 0) return { ...ordinary, storyId, image: 'https://wire.example/fire.jpg' }
    return index === 1 ? { ...ordinary, storyId, by: 'model', model: 'tiny-news' } : { ...ordinary, storyId }
  })
  const views = digestView({ ...ordinaryEdition, items, quiet: 'said' }, { late: true })
  assert.equal(views.length, 1)
  const text = textsOf(views)
  assert.match(text, /^## Harbour Wire · No\. 7\n<t:1795159800:D> · 4\u00a0minutes to read\n-# Late/)
  assert.match(text, /✦ Written by a language model \(tiny-news\)/)
  assert.match(JSON.stringify(views), /"media":\{"url":"https:\/\/wire\.example\/fire\.jpg"\}/)
})

test('the lead story has its whole summary, the others their brief', () => {
  const text = textsOf(
    digestView(
      { ...ordinaryEdition, items: [ordinary, { ...ordinary, storyId: 'x' as StoryId }] },
      { late: false },
    ),
  )
  assert.equal(text.split('a third what comes next').length, 2)
  assert.equal(text.split('in fewer than two hundred').length, 2)
  const plain = digestView({ ...ordinaryEdition, hasLead: false, items: [ordinary] }, { late: false })
  assert.doesNotMatch(textsOf(plain), /a third what comes next/)
})

test('a picture that lies at no web address is not shown', () => {
  for (const image of [
    'data:image/png;base64,xx',
    'ftp://a.example/x.png',
    `https://a.example/${'x'.repeat(600)}`,
  ]) {
    const views = digestView({ ...ordinaryEdition, items: [{ ...ordinary, image }] }, { late: false })
    assert.doesNotMatch(JSON.stringify(views), /"media"/)
  }
})

test('an update says so, what is new, who says it and since when', () => {
  const news = [{ text: 'The manager was arrested.', outlet: 'Averne Courier' }]
  const items = [{ ...ordinary, update: { ofNumber: 5, news } }]
  const text = textsOf(digestView({ ...ordinaryEdition, items }, { late: false }))
  assert.match(text, /### Update: \[A headline/)
  assert.match(text, /> The manager was arrested\. \(Averne Courier\)\n-# New since No\. 5 · Harbour Wire/)
  assert.doesNotMatch(text, /a third what comes next/)
})

test('outlets that print one text are said to', () => {
  const items = [{ ...ordinary, outlets: ['A', 'B', 'C'], texts: 1 }]
  assert.match(
    textsOf(digestView({ ...ordinaryEdition, items }, { late: false })),
    /A, B, C · 3 outlets, 1 text ·/,
  )
})

test('sections have their headings once, after the lead', () => {
  const of = (section?: string): EditionItem => ({
    ...ordinary,
    ...(section === undefined ? {} : { section }),
  })
  const items = [of('Sport'), of('Energy'), of('Energy'), of('Sport'), of()]
  const topics = textsOf(digestView({ ...ordinaryEdition, sections: 'topics', items }, { late: false }))
  assert.deepEqual(topics.match(/^## .*$/gm)?.slice(1), ['## Energy', '## Sport', '## Other stories'])
  const languages = textsOf(
    digestView(
      { ...ordinaryEdition, hasLead: false, sections: 'language', items: [of('de'), of('und')] },
      { late: false },
    ),
  )
  assert.deepEqual(languages.match(/^## .*$/gm)?.slice(1), ['## German', '## Other stories'])
  const none = textsOf(digestView({ ...ordinaryEdition, items: [of(), of()] }, { late: false }))
  assert.equal(none.match(/^## /gm)?.length, 1)
})

test('a quiet day without any story is one line, and bears its marker', () => {
  const [view, ...rest] = digestView({ ...ordinaryEdition, quiet: 'said' }, { late: false })
  assert.ok(view)
  assert.deepEqual(rest, [])
  assert.match(textsOf([view]), /A quiet day: nothing new since the last edition\./)
  assert.ok(JSON.stringify(view).includes(markerOf(ordinaryEdition, 0)))
})

test('an edition speaks the language of its digest', () => {
  const news = [{ text: 'Sentence.', outlet: 'Outlet' }]
  const items: readonly EditionItem[] = [
    { ...ordinary, outlets: ['A', 'B', 'C', 'D', 'E'], texts: 1 },
    { ...ordinary, update: { ofNumber: 1234, news }, section: 'de' },
    { ...ordinary, section: 'und' },
  ]
  const said: Readonly<Record<string, readonly string[]>> = {
    fr: [
      'nº 7',
      'En retard : cette édition',
      '1 minute de lecture',
      '## Allemand',
      '## Autres sujets',
      '### Du nouveau : [',
      'Nouveau depuis le nº 1 234',
      '2 autres sources',
      '5 sources, 1 texte',
      'Une journée calme : il',
      'Lire la suite…',
    ],
    es: [
      'n.º 7',
      'Con retraso: esta edición',
      '1 minuto de lectura',
      '## Alemán',
      '## Otras noticias',
      '### Novedades: [',
      'Nuevo desde el n.º 1234',
      '2 fuentes más',
      '5 fuentes, 1 texto',
      'Un día tranquilo: ha',
      'Seguir leyendo…',
    ],
    'pt-BR': [
      'nº 7',
      'Com atraso: esta edição',
      '1 minuto de leitura',
      '## Alemão',
      '## Outras notícias',
      '### Novidades: [',
      'Novo desde o nº 1.234',
      'mais 2 fontes',
      '5 fontes, 1 texto',
      'Um dia tranquilo: aconteceu',
      'Continuar lendo…',
    ],
  }
  for (const [language, parts] of Object.entries(said)) {
    const edition: Edition = {
      ...ordinaryEdition,
      ...{ language, items, number: 7, minutes: 1, sections: 'language', quiet: 'said' },
    }
    const shown = JSON.stringify(digestView(edition, { late: true })).replace(/[\u00a0\u202f]/g, ' ')
    for (const part of parts) assert.ok(shown.includes(part), `${language}: ${part} in ${shown}`)
  }
})

test('a summary from several articles marks whose each sentence is, and folds copies', () => {
  const held = (name: string, given: Partial<Article> = {}): Article => ({
    id: name as ArticleId,
    sourceId: 's' as SourceId,
    storyId: 'st' as StoryId,
    headline: `Headline ${name}`,
    standfirst: 'Standfirst.',
    body: [],
    authors: [],
    outlet: `Outlet ${name}`,
    language: 'en',
    url: `https://${name}.example/`,
    seenAt: 0,
    updatedAt: 0,
    brief: '',
    summary: ['Own.'],
    fulltext: 'always',
    minutes: 1,
    terms: [],
    ...given,
  })
  const sentence = (articleId: string, said: string) => ({ text: said, articleId: articleId as ArticleId })
  const sentences = [sentence('a', 'One.'), sentence('b', 'Two.'), sentence('a', 'Three.')]
  const articles = [held('a'), held('b'), held('c', { copyOf: 'a' as ArticleId }), held('d')]
  const depths = { brief: sentence('a', 'One.'), sentences }
  const told = storyOf('st' as StoryId, articles, new Map([['en', depths]]))
  assert.ok(told)
  const text = textsOf([summaryView(told, sayIn('en-US'))])
  assert.match(
    text,
    /One\.\[¹\]\(https:\/\/a\.example\/\) Two\.\[²\]\(https:\/\/b\.example\/\) Three\.\[¹\]\(https:\/\/a\.example\/\)/,
  )
  assert.match(text, /\n-# ¹ Outlet a · ² Outlet b\n-# Also told by Outlet d\n-# Same text in Outlet c$/)
  const alone = storyOf('st' as StoryId, articles)
  assert.ok(alone)
  assert.match(textsOf([summaryView(alone, sayIn('en-US'))]), /\nOwn\.\n/)
})

test('every story told by several is within the limits', () => {
  fc.assert(
    fc.property(story, (one) => checkView(summaryView(one, sayIn('de')))),
    { numRuns: 80 },
  )
})

test('every page of every article is within the limits, and the pages hold the whole text', () => {
  fc.assert(
    fc.property(article, (one) => {
      const pages = paginate(one)
      const say = sayIn('de')
      for (const page of pages.keys()) checkView(fulltextView(one, page, say))
      checkView(fulltextView(one, 99_999, say))
      const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '')
      const expected = letters(one.body.join(''))
      if (letters(one.standfirst ?? '').length < 900)
        assert.ok(letters(pages.join('')).endsWith(expected.slice(-40)))
    }),
    { numRuns: 60 },
  )
})

test('the stand-in, which is as strict as Discord, takes every view', async (t) => {
  const discord = await openTestDiscord(t)
  const channel = discord.world.channelNamed('news')
  const post = async (view: View): Promise<void> => {
    const response = await fetch(`${discord.api}/v10/channels/${channel.id}/messages`, {
      method: 'POST',
      headers: { authorization: 'Bot test', 'content-type': 'application/json' },
      body: JSON.stringify({ components: view.components, flags: 32_768, allowed_mentions: { parse: [] } }),
    })
    assert.equal(response.status, 200, await response.text())
  }
  const say = sayIn('en-US')
  await fc.assert(
    fc.asyncProperty(edition, article, story, async (one, each, told) => {
      for (const view of digestView(one, { late: false })) await post(view)
      if (one.items.length > 0) await post(editionListView(one, say))
      await post(summaryView(told, say))
      await post(fulltextView(each, 0, say))
      await post(storyListView([told], say))
    }),
    { numRuns: 25 },
  )
  for (const message of discord.world.messages(channel.id)) {
    assert.deepEqual(message.pings, { everyone: false, users: [], roles: [] })
  }
})
