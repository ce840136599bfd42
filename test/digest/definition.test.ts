import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { compiled } from '../../src/digest/compiled.ts'
import {
  type DigestId,
  definitionJsonSchema,
  definitionSchema,
  readDefinition,
} from '../../src/digest/definition.ts'
import { describeRule, rulesOf } from '../../src/digest/filter-rule.ts'

const good = `title: Morning
language: en
sources:
  - folder: articles
schedule:
  times: ["07:30"]
  zone: Europe/Berlin
`

function problemsOf(text: string): readonly string[] {
  const result = readDefinition(text, 'x/digest.yaml')
  return result.kind === 'problems' ? result.problems : []
}

test('a short definition gets its defaults', () => {
  const result = readDefinition(good, 'x/digest.yaml')
  assert.ok(result.kind === 'definition')
  assert.equal(result.definition.size, 8)
  const { filters, topics, sections, quiet, lead, summaries, sources } = result.definition
  assert.deepEqual(
    { filters, topics, sections, quiet, lead, summaries, sources },
    {
      filters: { include: [], exclude: [] },
      topics: [],
      sections: 'none',
      quiet: { below: 3, do: 'post' },
      lead: true,
      summaries: 'extractive',
      sources: [{ folder: 'articles', weight: 1 }],
    },
  )
  assert.deepEqual(result.definition.schedule, {
    times: ['07:30'],
    weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
    zone: 'Europe/Berlin',
  })
})

const cases: readonly (readonly [name: string, text: string, problems: readonly string[]])[] = [
  [
    'an odd time',
    good.replace('"07:30"', '"7.30"'),
    ['x/digest.yaml:6: schedule.times[0]: expected a time such as "07:30"'],
  ],
  [
    'a time without quotes',
    good.replace('"07:30"', '7.30'),
    ['x/digest.yaml:6: schedule.times[0]: expected a time in quotes, such as "07:30"'],
  ],
  [
    'a number for a title',
    good.replace('title: Morning', 'title: 5'),
    ['x/digest.yaml:1: title: expected string, received number'],
  ],
  [
    'a zone that is none',
    good.replace('Europe/Berlin', 'Berlin'),
    ['x/digest.yaml:7: schedule.zone: expected an IANA time zone such as "Europe/Berlin"'],
  ],
  [
    'a missing title',
    good.replace('title: Morning\n', ''),
    ['x/digest.yaml:1: title: is missing; expected string'],
  ],
  [
    'an unknown key',
    `${good}colour: red\n`,
    ['x/digest.yaml:8: colour: unknown key; remove it or mend its spelling'],
  ],
  [
    'a folder outside',
    good.replace('articles', '../../etc'),
    ['x/digest.yaml:4: sources[0].folder: must lie inside the folder of the digest, as in "articles"'],
  ],
  [
    'a source that is none',
    good.replace('folder: articles', 'name: Wire'),
    ['x/digest.yaml:4: sources[0]: expected one of "folder:", "feed:" or "page:"'],
  ],
  [
    'a weight that is none',
    good.replace('folder: articles', 'folder: articles\n    weight: 9'),
    ['x/digest.yaml:5: sources[0].weight: expected a number from 0 to 3'],
  ],
  [
    'filters that are no keys',
    `${good}filters: [Handball]\n`,
    ['x/digest.yaml:8: filters: expected keys, received a list'],
  ],
  [
    'a rule that is no list',
    `${good}filters:\n  exclude: Handball\n`,
    ['x/digest.yaml:9: filters.exclude: expected a list, received string'],
  ],
  [
    'a rule of no known kind',
    `${good}filters:\n  exclude:\n    - word: Handball\n`,
    [
      'x/digest.yaml:10: filters.exclude[0]: expected a word, a phrase, or one of "words:", "phrase:", "source:", "language:", "pattern:"',
    ],
  ],
  [
    'a star without quotes',
    `${good}filters:\n  exclude:\n    - *streik\n    - *streik der\n`,
    [
      'x/digest.yaml:10: text that begins with a star goes into quotes: "*streik"',
      'x/digest.yaml:11: text that begins with a star goes into quotes: "*streik"',
    ],
  ],
  [
    'a star inside of a word',
    `${good}filters: { exclude: ["Bundes*wahl"] }\n`,
    ['x/digest.yaml:8: filters.exclude[0]: may have a star at its beginning or end only, as in "*streik"'],
  ],
  [
    'a rule without a letter',
    `${good}filters: { include: ["*"] }\n`,
    ['x/digest.yaml:8: filters.include[0]: has no letter or digit to look for'],
  ],
  [
    'several words where one is meant',
    `${good}filters:\n  exclude:\n    - words: [Handball, Tag der Arbeit]\n`,
    ['x/digest.yaml:10: filters.exclude[0].words[1]: is more than one word; use "phrase:"'],
  ],
  [
    'a pattern that looks ahead',
    `${good}filters:\n  exclude:\n    - pattern: 'a(?=b)'\n`,
    [
      'x/digest.yaml:10: filters.exclude[0].pattern: looks ahead with "(?=" or "(?!", which the safe engine refuses; use a rule of its own',
    ],
  ],
  [
    'patterns that are too large together',
    `${good}filters:\n  exclude:\n    - pattern: ['a{250}', 'b{250}', 'c{250}', 'd{250}']\n`,
    ['x/digest.yaml:9: filters: has patterns that are too large together; words and phrases cost less'],
  ],
  [
    'a topic without words',
    `${good}topics:\n  - name: Sport\n`,
    ['x/digest.yaml:9: topics[0].words: is missing; expected a list'],
  ],
  [
    'a topic that is named twice',
    `${good}topics:\n  - { name: Sport, words: [a] }\n  - { name: sport, words: [b] }\n`,
    ['x/digest.yaml:10: topics[1].name: names a topic a second time; rename one or join them'],
  ],
  [
    'sections by topics without topics',
    `${good}sections: topics\n`,
    ['x/digest.yaml:8: sections: parts by topics, but there are none; add "topics:"'],
  ],
  [
    'a size of sections without sections',
    `${good}sectionSize: 3\n`,
    [
      'x/digest.yaml:8: sectionSize: has no sections to count in; add "sections: topics" or "sections: language"',
    ],
  ],
  [
    'a quiet day of an unknown kind',
    `${good}quiet: { below: 2, do: hide }\n`,
    ['x/digest.yaml:8: quiet.do: expected post, skip or say'],
  ],
  ['an empty file', '', ['x/digest.yaml:1: expected keys such as "title:", found none']],
  ['a list', '- a\n- b\n', ['x/digest.yaml:1: expected keys such as "title:", found none']],
]

for (const [name, text, problems] of cases) {
  test(`${name} is named with file, line, key and what was expected`, () => {
    assert.deepEqual(problemsOf(text), problems)
  })
}

test('every way of writing a rule, and a quiet day in one word, are read', () => {
  const result = readDefinition(
    `${good}quiet: skip
topics: [{ name: Sea, words: [ferry, "*ship", "cruise line"], weight: 2 }]
sections: topics
sectionSize: 3
filters:
  include: [Wahl, "Tag der Arbeit", { source: [Wire, news.example] }]
  exclude: ["*streik", { words: Sport, in: headline }, { phrase: house of cards }, { language: en-GB }, { pattern: "^live" }]
`,
    'x/digest.yaml',
  )
  assert.ok(result.kind === 'definition', JSON.stringify(result))
  const rules = rulesOf(result.definition.filters).map(describeRule)
  assert.deepEqual(rules, [
    'exclude words: *streik',
    'exclude words: Sport, in the headline',
    'exclude phrase: house of cards',
    'exclude language: en-GB',
    'exclude pattern: ^live',
    'include words: Wahl',
    'include phrase: Tag der Arbeit',
    'include source: Wire',
    'include source: news.example',
  ])
  assert.deepEqual(result.definition.quiet, { below: 3, do: 'skip' })
})

test('what was read can be kept as JSON and read again; what an older version kept, too', () => {
  const result = readDefinition(
    `${good}quiet: say\nfilters: { include: [a b, { words: [c, d] }], exclude: [{ pattern: x }] }\n`,
    'x/digest.yaml',
  )
  assert.ok(result.kind === 'definition')
  assert.deepEqual(definitionSchema.parse(JSON.parse(JSON.stringify(result.definition))), result.definition)
  const older = {
    title: 'Morning',
    language: 'en',
    sources: [{ folder: 'articles' }, { feed: 'https://wire.example/feed.xml', fulltext: 'always' }],
    schedule: { times: ['07:30'], weekdays: ['mon'], zone: 'UTC' },
    size: 8,
  }
  assert.equal(definitionSchema.parse(older).sections, 'none')
})

test('the weights of sources are found by the ids under which sources are held', () => {
  const definition = definitionSchema.parse({
    title: 'Morning',
    language: 'en',
    sources: [
      { folder: 'articles/' },
      { feed: 'https://wire.example/feed.xml', weight: 0.5 },
      { page: 'https://echo.example', weight: 3 },
    ],
    schedule: { times: ['07:30'], zone: 'UTC' },
  })
  assert.deepEqual(
    [...compiled({ id: 'morning' as DigestId, ...definition }).sourceWeights],
    [
      ['folder:morning/articles', 1],
      ['feed:https://wire.example/feed.xml', 0.5],
      ['page:https://echo.example', 3],
    ],
  )
})

test('several problems are named together', () => {
  assert.equal(
    problemsOf(good.replace('"07:30"', '"x"').replace('language: en', 'language: english')).length,
    2,
  )
})

test('text that is not YAML is named with its line', () => {
  const [first] = problemsOf('title: "open\nlanguage: en\n')
  assert.match(first ?? '', /^x\/digest\.yaml:\d+: not valid YAML: /)
})

test('an alias bomb is refused, not expanded', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c]\n`
  assert.ok(problemsOf(bomb).length > 0)
})

test('the JSON Schema beside the digests is fresh', () => {
  const file = new URL('../../digests/digest.schema.json', import.meta.url)
  assert.deepEqual(
    JSON.parse(readFileSync(file, 'utf8')),
    JSON.parse(JSON.stringify(definitionJsonSchema())),
    'run "npm run schema"',
  )
})

test('every shipped digest is valid', () => {
  const digests = new URL('../../digests/', import.meta.url)
  const names = readdirSync(digests, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  assert.ok(names.length >= 2)
  for (const { name } of names) {
    const text = readFileSync(new URL(`${name}/digest.yaml`, digests), 'utf8')
    const result = readDefinition(text, name)
    assert.equal(result.kind, 'definition', JSON.stringify(result))
    const [before = '', block = '', after = ''] = text.split(/^(# filters:\n(?:# .*\n)+)/m)
    const tried = readDefinition(`${before}${block.replace(/^# /gm, '')}${after}`, name)
    assert.ok(tried.kind === 'definition', JSON.stringify(tried))
    assert.ok(
      rulesOf(tried.definition.filters).length > 5,
      'its example of filters can be taken as it stands',
    )
  }
})
