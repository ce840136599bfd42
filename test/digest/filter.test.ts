/** What each kind of rule finds and what it does not, and how rules work together. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { SourceId } from '../../src/article/article.ts'
import { type FilterableArticle, judgeArticle, judgeStory } from '../../src/digest/filter.ts'
import { previewFilters } from '../../src/digest/filter-preview.ts'
import { describeRule } from '../../src/digest/filter-rule.ts'
import { filterable, rulesFrom } from './filterable.ts'

const excludes = (rule: unknown, article: FilterableArticle): boolean =>
  !judgeArticle(article, rulesFrom({ exclude: [rule] })).kept

/** A rule, a language, texts that it finds and texts that it does not. */
const words: readonly (readonly [
  rule: unknown,
  language: string,
  finds: readonly string[],
  passes: readonly string[],
])[] = [
  [
    'Wahl',
    'de',
    ['Die Wahlen stehen bevor', 'wahl', 'Nach der WAHL.', 'die „Wahl“'],
    ['Auswahl', 'Wahlkampf', 'Wal'],
  ],
  ['Wahlen', 'de', ['Die Wahl steht bevor'], ['Landtagswahl']],
  [
    'Krise',
    'de',
    ['Krisen', 'Krisen-Gipfel in Rom', 'Corona-Krise', 'Corona‑Krisen'],
    ['Kristall', 'Kristall-Palast'],
  ],
  ['Konzern', 'de', ['Konzern-Chef tritt ab', 'des Konzerns'], ['konzertiert', 'Konzert']],
  ['Corona-Krise', 'de', ['die Corona-Krise', 'Corona Krise'], ['Corona in der Krise', 'Krise']],
  [
    '*streik',
    'de',
    ['Warnstreiks legen Flughafen lahm', 'Streik', 'Bahnstreik-Ende'],
    ['Streikbrecher', 'gestreift'],
  ],
  ['*wahlen', 'de', ['Landtagswahl', 'Kommunalwahlen'], ['Wahlkampf']],
  ['bahn*', 'de', ['Bahnhof', 'Bahn', 'S-Bahnhöfe', 'die Bahnen'], ['Straßenbahn', 'Autobahnen']],
  ['*bahn*', 'de', ['Straßenbahnlinie', 'Autobahnen', 'Bahn'], ['Bann', 'banal']],
  ['demokratie*', 'de', ['Demokratieabgabe', 'Demokratien'], ['Demografie']],
  ['Müller', 'de', ['Muller', 'müller', 'Peter MÜLLER'], ['Mueller', 'Mühle']],
  ['Muller', 'de', ['Müller'], ['Mühle']],
  ['Fussball', 'de', ['Fußball', 'FUSSBALL'], ['Ball']],
  ['Straße', 'de', ['Strassen', 'Straßen'], ['Strasbourg']],
  ['strike', 'en', ['Strikes hit trains', 'striking', 'general-strike'], ['striker', 'stroke']],
  ["O'Neill", 'en', ["O'Neill resigns", 'Mr O’Neill'], ['Neill', 'O. and Neill']],
  ['1,200', 'en', ['some 1,200 people'], ['1,300 people', '200 people']],
  ['élection', 'fr', ['Les élections', 'ELECTIONS', "L'élection"], ['sélection', 'électeur']],
  ['election', 'fr', ['Les élections'], ['sélection']],
  ['coeur', 'fr', ['Les cœurs', 'coeur'], ['cour']],
  ['*politique', 'fr', ['géopolitique', 'Politiques'], ['politologue']],
  ['España', 'es', ['Espana gana', 'ESPAÑA'], ['español']],
  ['Łódź', 'pl', ['lodz', 'ŁÓDŹ'], ['łada']],
  ['выборы', 'ru', ['Выборов', 'на выборах'], ['выбросы']],
  ['Чорний', 'uk', ['чорнии', 'Чорний'], ['чорна']],
  ['選挙', 'ja', ['衆議院選挙の結果', '選挙が始まった', '参院選挙'], ['選手が挙げた']],
  ['*選挙*', 'ja', ['選挙戦', '総選挙後'], ['選手が挙げた']],
  ['人工知能', 'zh', ['人工知能的发展', '新人工知能'], ['人工', '知能']],
  ['京都', 'ja', ['京都で会議'], ['東京都の会議']],
  [
    'Tag der offenen Tür',
    'de',
    ['Am „Tag der offenen Tür“', 'Tage der offenen Türen'],
    ['Tag der Tür', 'offenen Tag der Tür'],
  ],
  [
    'House of Cards',
    'en',
    ['a house, of cards', 'House of cards: the end'],
    ['house of the cards', 'cards of the house'],
  ],
  ['prix Nobel', 'fr', ['Le Prix Nobel de la paix', 'le prix « Nobel »'], ['Nobel, un prix']],
  ['*minister der Finanzen', 'de', ['Bundesminister der Finanzen'], ['Minister der Verteidigung']],
]

for (const [rule, language, finds, passes] of words) {
  test(`“${String(rule)}” in ${language} finds ${finds.join(' | ')}; not ${passes.join(' | ')}`, () => {
    const place = (text: string) => [
      filterable({ language, headline: text }),
      filterable({ language, body: text }),
    ]
    for (const text of finds) for (const article of place(text)) assert.ok(excludes(rule, article), text)
    for (const text of passes) for (const article of place(text)) assert.ok(!excludes(rule, article), text)
  })
}

test('a word with a star is looked for in headline and standfirst as they stand', () => {
  for (const place of ['headline', 'standfirst'] as const)
    assert.ok(excludes('demokratis*', filterable({ language: 'de', [place]: 'Die demokratische Mitte' })))
})

test('an article whose stems are not worked out yet is judged by headline and standfirst', () => {
  const article = { ...filterable({ language: 'de', headline: 'Wahlen', standfirst: 'Streiks' }), stems: '' }
  assert.ok(excludes('Wahl', article))
  assert.ok(excludes('Streik', article))
  assert.ok(!excludes('Bahn', article))
})

test('a rule for the headline does not look further', () => {
  const article = filterable({ headline: 'Ferry hits quay', standfirst: 'Live', body: 'Our ticker' })
  for (const rule of [{ words: 'ticker' }, { phrase: 'our ticker' }, { pattern: '^live' }]) {
    assert.ok(excludes(rule, article))
    assert.ok(!excludes({ ...rule, in: 'headline' }, article))
  }
  for (const rule of [{ words: 'ferry' }, { words: '*erry' }, { phrase: 'hits quay' }, { pattern: 'quay$' }])
    assert.ok(excludes({ ...rule, in: 'headline' }, article))
})

test('a source is named by its outlet, its address or its host', () => {
  const article = filterable({
    outlet: 'Börsendienst Leune',
    sourceId: 'feed:https://news.leune.example:8443/markets/feed.xml' as SourceId,
  })
  for (const source of [
    'börsendienst leune',
    'https://news.leune.example:8443/markets/feed.xml',
    'news.leune.example',
    'Leune.example',
  ])
    assert.ok(excludes({ source }, article), source)
  for (const source of [
    'Leune',
    'eune.example',
    'https://news.leune.example:8443/',
    'example.org',
    'markets',
  ])
    assert.ok(!excludes({ source }, article), source)
  assert.ok(excludes({ source: 'wire/articles' }, filterable({})))
})

test('a language is compared by its primary tag', () => {
  assert.ok(excludes({ language: 'de-AT' }, filterable({ language: 'de' })))
  assert.ok(excludes({ language: ['fr', 'de'] }, filterable({ language: 'de' })))
  assert.ok(!excludes({ language: 'de' }, filterable({ language: 'und' })))
})

test('a pattern heeds no case unless it says so, and looks at headline and standfirst only', () => {
  const article = filterable({ headline: '+++ LIVE +++ Storm', standfirst: '3 dead', body: 'More to follow' })
  for (const pattern of ['live', '^\\+\\+\\+', '[0-9]+ dead$', '(?-i)LIVE'])
    assert.ok(excludes({ pattern }, article), pattern)
  for (const pattern of ['(?-i)live', 'more to', '^storm', 'storm.*dead'])
    assert.ok(!excludes({ pattern }, article), pattern)
})

test('exclude wins over include, and an article must fit one include rule where there are any', () => {
  const rules = rulesFrom({ include: ['ferry', { source: 'Tideline' }], exclude: ['strike'] })
  const verdict = (headline: string, outlet = 'Wire') => judgeArticle(filterable({ headline, outlet }), rules)
  assert.deepEqual(verdict('Ferry sails'), { kept: true })
  assert.deepEqual(verdict('Reef found', 'Tideline'), { kept: true })
  const struck = verdict('Ferry strike', 'Tideline')
  assert.ok(!struck.kept)
  assert.equal(describeRule(struck.rule), 'exclude words: strike')
  const missed = verdict('Reef found')
  assert.ok(!missed.kept)
  assert.equal(describeRule(missed.rule), 'include: fits none of ferry, Tideline')
})

test('the first rule that fits is named, in the order they were written', () => {
  const rules = rulesFrom({
    exclude: [
      { pattern: 'ferry' },
      { language: 'en' },
      'ferry',
      { words: ['quay', 'ferry'], in: 'headline' },
    ],
  })
  const article = filterable({ headline: 'Ferry hits quay' })
  assert.deepEqual(rules.exclude.fitting(article).map(describeRule), [
    'exclude pattern: ferry',
    'exclude language: en',
    'exclude words: ferry',
    'exclude words: quay, in the headline',
    'exclude words: ferry, in the headline',
  ])
})

test('a story stays while one of its articles does, and speaks through those that stay', () => {
  const rules = rulesFrom({ exclude: [{ source: 'Gossip' }] })
  const gossip = filterable({ outlet: 'Gossip' })
  const wire = filterable({ outlet: 'Wire' })
  assert.deepEqual(judgeStory([gossip, wire], rules), { kept: true, articles: [wire] })
  assert.equal(judgeStory([gossip, gossip], rules).kept, false)
})

test('the preview tells what each rule removes, and what no other rule removes', () => {
  const articles = ['Handball derby won', 'Handball quiz', 'Ferry hits quay', 'Ferry quiz', 'Reef found'].map(
    (headline) => filterable({ headline }),
  )
  const preview = previewFilters(
    articles,
    rulesFrom({ include: ['ferry', 'quay'], exclude: ['quiz', 'golf'] }),
  )
  const told = ({ removals, admissions, kept }: typeof preview) => ({
    kept: kept.length,
    removals: removals.map((each) => [describeRule(each.rule), each.articles.length, each.only.length]),
    admissions: admissions.map((each) => [describeRule(each.rule), each.articles.length, each.only.length]),
  })
  assert.deepEqual(told(preview), {
    kept: 1,
    removals: [
      ['exclude words: quiz', 2, 1],
      ['exclude words: golf', 0, 0],
      ['include: fits none of ferry, quay', 3, 2],
    ],
    admissions: [
      ['include words: ferry', 2, 1],
      ['include words: quay', 1, 0],
    ],
  })
})

const vocabulary = [
  'Wahl',
  'Streik',
  'Warnstreik',
  'Bahnhof',
  'Börse',
  'quay',
  'ferry',
  'élection',
  '選挙',
  'Krisen-Gipfel',
]
const someText = fc
  .array(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 8 })
  .map((list) => list.join(', '))
const someArticle = fc
  .record({
    headline: someText,
    body: someText,
    language: fc.constantFrom('de', 'en', 'fr', 'ja', 'und'),
    outlet: fc.constantFrom('Wire', 'Echo'),
  })
  .map(filterable)
const someRule = fc.oneof(
  fc.constantFrom('Wahl', '*streik', 'bahn*', 'Börse, quay', 'Gipfel', 'election', '選挙'),
  fc.constantFrom<unknown>(
    { words: 'ferry', in: 'headline' },
    { source: 'Echo' },
    { language: 'fr' },
    { pattern: '^(quay|wahl)' },
    { pattern: 'streik', in: 'headline' },
  ),
)
const someRules = fc.array(someRule, { maxLength: 4 })

test('another exclude rule never lets an article in; another include rule next to others never removes one', () => {
  fc.assert(
    fc.property(someArticle, someRules, someRules, someRule, (article, include, exclude, more) => {
      const kept = judgeArticle(article, rulesFrom({ include, exclude })).kept
      if (!kept) assert.ok(!judgeArticle(article, rulesFrom({ include, exclude: [...exclude, more] })).kept)
      if (kept && include.length > 0)
        assert.ok(judgeArticle(article, rulesFrom({ include: [...include, more], exclude })).kept)
    }),
    { numRuns: 300 },
  )
})

test('the preview agrees with the verdict on every article', () => {
  fc.assert(
    fc.property(
      fc.array(someArticle, { maxLength: 8 }),
      someRules,
      someRules,
      (articles, include, exclude) => {
        const rules = rulesFrom({ include, exclude })
        const { kept, removals } = previewFilters(articles, rules)
        assert.deepEqual(
          kept,
          articles.filter((article) => judgeArticle(article, rules).kept),
        )
        const removed = new Set(removals.flatMap((each) => each.articles))
        assert.equal(removed.size, articles.length - kept.length)
        for (const { rule, articles: touched, only } of removals) {
          for (const article of only)
            assert.deepEqual(
              removals.filter((each) => each.articles.includes(article)).map((each) => each.rule),
              [rule],
            )
          assert.ok(only.every((article) => touched.includes(article)))
        }
      },
    ),
    { numRuns: 200 },
  )
})

test('rules judged together find what each finds by itself', () => {
  fc.assert(
    fc.property(someArticle, someRules, (article, exclude) => {
      const together = rulesFrom({ exclude }).exclude.fitting(article).map(describeRule)
      const alone = exclude.flatMap((rule) =>
        rulesFrom({ exclude: [rule] })
          .exclude.fitting(article)
          .map(describeRule),
      )
      assert.deepEqual(together, alone)
    }),
    { numRuns: 300 },
  )
})
