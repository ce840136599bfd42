import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { definitionJsonSchema, readDefinition } from '../../src/digest/definition.ts'

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
  assert.deepEqual(result.definition.schedule.weekdays, ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])
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
  ['an empty file', '', ['x/digest.yaml:1: expected keys such as "title:", found none']],
  ['a list', '- a\n- b\n', ['x/digest.yaml:1: expected keys such as "title:", found none']],
]

for (const [name, text, problems] of cases) {
  test(`${name} is named with file, line, key and what was expected`, () => {
    assert.deepEqual(problemsOf(text), problems)
  })
}

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
  }
})
