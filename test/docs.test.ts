/** What is written for people is true: nothing is left out, every link leads somewhere, and every example is run. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { Command } from 'commander'
import { ApplicationCommandType } from 'discord-api-types/v10'
import { z } from 'zod'
import { readConfig, settingList } from '../src/config.ts'
import { definitionJsonSchema, readDefinition } from '../src/digest/definition.ts'
import { registrations } from '../src/discord/commands/command.ts'
import { commands } from '../src/discord/commands/list.ts'
import { eachLine } from '../src/lines.ts'
import { type Metric, metricList } from '../src/metrics.ts'
import { addOperationCommands } from '../src/operation/commands.ts'
import { programs } from '../src/programs.ts'
import { extractTask, feedTask } from '../src/work/line-tasks.ts'

const root = resolve(import.meta.dirname, '..')
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  'digests/README.md',
]
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const operators = read('docs/operators.md')
const scripts = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json'))).scripts

/** The names that are not in the page; the test says them. */
function missing(names: readonly string[], isThere: (name: string) => boolean): readonly string[] {
  return names.filter((name) => !isThere(name))
}

test('every slash command stands in the guide of its people with its options and an example', () => {
  for (const page of ['docs/members.md', 'docs/server-owners.md']) {
    const written = read(page)
    const own = commands.flatMap((each) =>
      each.type === 'slash' && (each.forOwners === true) === page.endsWith('owners.md') ? [each] : [],
    )
    const names = own.map(({ name }) => `/${name}`)
    const isShown = (name: string): boolean =>
      new RegExp(`^\\| \`${name}\` \\|.*\\| \`${name}\\b.*\` \\|$`, 'm').test(written)
    assert.deepEqual(missing(names, isShown), [], page)
    const options = [...new Set(own.flatMap((each) => Object.keys(each.options)))]
    assert.deepEqual(
      missing(options, (name) => written.includes(`\`${name}`) || written.includes(` ${name}: `)),
      [],
      page,
    )
    const rows = [...written.matchAll(/^\| `\/([a-z ]+)` \|/gm)].map(([, name]) => name)
    assert.deepEqual(rows.toSorted(), own.map(({ name }) => name).toSorted(), page)
  }
})

test('every command in the menu of a message stands in the guide for members', () => {
  const menu = registrations(commands).flatMap(({ type, name }) =>
    type === ApplicationCommandType.Message ? [name] : [],
  )
  assert.deepEqual(
    missing(menu, (name) => read('docs/members.md').includes(`| *${name}* |`)),
    [],
  )
})

test('every setting stands in the guide for operators with its default', () => {
  const rows = settingList.map(
    ({ name, default: value }) => `| \`${name}\` | ${value === '' ? '' : `\`${value}\``} | `,
  )
  assert.deepEqual(
    missing(rows, (row) => operators.includes(`\n${row}`)),
    [],
  )
  const named = [...operators.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name)
  assert.deepEqual(
    named,
    settingList.map(({ name }) => name),
  )
})

test('every metric stands in the guide for operators with its labels and what it means', () => {
  const metrics: readonly Metric[] = metricList
  const rows = metrics.map(({ name, label, help }) => {
    const labels = label === undefined ? '' : `{${label.name}="${label.values.join('\\|')}"}`
    return `| \`${name}${labels}\` | ${help} |`
  })
  assert.deepEqual(
    missing(rows, (row) => operators.includes(row)),
    [],
  )
  const named = [...operators.matchAll(/^\| `((?:depesche|process|nodejs)_\w+)/gm)].map(([, name]) => name)
  assert.deepEqual(named.toSorted(), metrics.map(({ name }) => name).toSorted())
})

test('every key of digest.yaml stands in the page about digests', () => {
  const written = read('digests/README.md')
  const isThere = (key: string): boolean =>
    written.includes(`\`${key}\``) || new RegExp(`\\b${key}:`).test(written)
  assert.deepEqual(missing(keysOf(definitionJsonSchema()), isThere), [])
})

const schemaShape = z.object({
  properties: z.record(z.string(), z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  items: z.unknown().optional(),
})

function keysOf(schema: unknown): readonly string[] {
  const { success, data } = schemaShape.safeParse(schema)
  if (!success) return []
  const below = [...Object.values(data.properties ?? {}), ...(data.anyOf ?? []), data.items]
  return [...new Set([...Object.keys(data.properties ?? {}), ...below.flatMap(keysOf)])]
}

/** The commands of `depesche`, each with its options, as they are declared. */
const declared: ReadonlyMap<string, readonly string[]> = new Map([
  ...declaredInMain(),
  ...declaredForOperation(),
])

function declaredInMain(): readonly (readonly [string, readonly string[]])[] {
  const pieces = read('src/main.ts')
    .split(/\.command\(\s*'/)
    .slice(1)
  const own = pieces.map((piece) => {
    const name = piece.slice(0, piece.indexOf("'"))
    return [name, [...piece.matchAll(/\.option\('(--[a-z-]+)/g)].map((match) => match[1] ?? '')] as const
  })
  return [...own, ...programs.map(({ name }) => [name, []] as const)]
}

function declaredForOperation(): readonly (readonly [string, readonly string[]])[] {
  const program = new Command('depesche')
  addOperationCommands(program, {
    settings: () => readConfig({}),
    print: () => undefined,
    progress: () => undefined,
  })
  return program.commands.map(
    (each) => [each.name(), each.options.flatMap(({ long }) => long ?? [])] as const,
  )
}

test('every command of the command line stands in the guide for operators with its options', () => {
  const help = execFileSync(process.execPath, [join(root, 'src/main.ts'), '--help'], { encoding: 'utf8' })
  const listed = [...help.matchAll(/^ {2}([a-z]+)(?: |$)/gm)]
    .map(([, name]) => name ?? '')
    .filter((name) => name !== 'help')
  assert.deepEqual(
    missing(['opml', ...listed], (name) => name === 'opml' || declared.has(name)),
    [],
  )
  const rows = operators.split('\n').filter((line) => line.startsWith('| `depesche '))
  for (const name of listed.filter((each) => each !== 'opml')) {
    const row = rows.find((each) => new RegExp(`\`depesche ${name}(?: [^\`]*)?\``).test(each))
    assert.ok(row !== undefined, `depesche ${name}`)
    assert.deepEqual(
      missing(declared.get(name) ?? [], (option) => row.includes(option)),
      [],
      `depesche ${name}`,
    )
  }
  assert.ok(
    rows.some((row) => row.includes('`depesche opml import')) &&
      rows.some((row) => row.includes('`depesche opml export')),
  )
})

test('every script of npm stands in the guide for operators', () => {
  const isThere = (name: string): boolean =>
    [`\`npm ${name}\``, `\`npm run ${name}\``, `\`${name}\``].some((written) => operators.includes(written))
  assert.deepEqual(missing(Object.keys(scripts), isThere), [])
})

test('every command line that is shown names a script, a command and options that there are', () => {
  const wrong = pages.flatMap((page) =>
    commandLines(read(page)).flatMap((line) => problemOf(line).map((said) => `${page}: ${said}`)),
  )
  assert.deepEqual(wrong, [])
})

/** Lines of fenced blocks, and what stands in backticks. */
function commandLines(written: string): readonly string[] {
  const fenced = fences(written)
    .filter(({ info }) => info === '')
    .flatMap(({ body }) => body.split('\n'))
  const inline = [...written.replaceAll(/^\s*```[\s\S]*?^\s*```/gm, '').matchAll(/`([^`\n]+)`/g)].map(
    (match) => match[1] ?? '',
  )
  return [...fenced, ...inline].flatMap((line) => line.split(/ (?:&&|\|) /)).map((line) => line.trim())
}

function problemOf(line: string): readonly string[] {
  const script = /^npm run (?:-s )?([\w:-]+)/.exec(line)?.[1]
  if (script !== undefined && scripts[script] === undefined) return [`${line} (no script)`]
  const called =
    /^(?:npm run (?:-s )?depesche --|(?:docker compose exec depesche )?node dist\/main\.js|depesche) (.+)$/.exec(
      line,
    )?.[1]
  const rehearsed = script === 'rehearse' ? line.replace(/^npm run rehearse(?: --)?/, 'rehearse') : undefined
  const words = (called ?? rehearsed)?.split(' ') ?? []
  const at = words[0] === 'opml' ? 1 : 0
  const name = words[at]
  if (name === undefined || name === '--help' || name === 'COMMAND') return []
  const options = declared.get(name)
  if (options === undefined) return [`${line} (no command)`]
  const unknown = words.slice(at + 1).filter((word) => word.startsWith('--') && !options.includes(word))
  return unknown.map((option) => `${line} (no ${option})`)
}

interface Fence {
  readonly info: string
  readonly body: string
}

function fences(written: string): readonly Fence[] {
  return [...written.matchAll(/^\s*```([^\n`]*)\n([\s\S]*?)^\s*```/gm)].map(([, info = '', body = '']) => ({
    info: info.trim(),
    body,
  }))
}

test('what the container, compose and systemd set are settings that there are', () => {
  const others = ['NODE_ENV', 'MALLOC_ARENA_MAX', 'POSTGRES_USER', 'POSTGRES_DB', 'POSTGRES_PASSWORD']
  const known = new Set([...others, ...settingList.map(({ name }) => name)])
  const files = ['Dockerfile', 'compose.yaml', 'docs/depesche.service']
  const named = files.flatMap((file) =>
    read(file)
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .flatMap((line) => [...line.matchAll(/\b([A-Z]+_[A-Z_]+)(?:=|: )/g)].map(([, name = '']) => name)),
  )
  assert.deepEqual(
    missing(named, (name) => known.has(name)),
    [],
  )
  assert.ok(named.filter((name) => name === 'DATABASE_URL').length >= files.length)
})

test('every link leads to a file, and to a heading in it', () => {
  const broken = pages.flatMap((page) =>
    linksOf(read(page)).flatMap((link) => {
      const [path = '', anchor] = link.split('#')
      const file = path === '' ? join(root, page) : resolve(root, dirname(page), path)
      if (!existsSync(file)) return [`${page}: ${link}`]
      return anchor === undefined || headingsOf(readFileSync(file, 'utf8')).includes(anchor)
        ? []
        : [`${page}: ${link}`]
    }),
  )
  assert.deepEqual(broken, [])
})

/** Those within the project: links, and pictures. */
function linksOf(written: string): readonly string[] {
  const found = [...written.matchAll(/\]\(([^)\s]+)\)|<img src="([^"]+)"/g)]
  return found.map(([, link, image]) => link ?? image ?? '').filter((link) => !/^[a-z]+:/.test(link))
}

/** As GitHub makes anchors of headings. */
function headingsOf(written: string): readonly string[] {
  return [...written.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

test('every example of digest.yaml is a digest, or a part that makes the first one another', () => {
  const examples = pages.flatMap((page) =>
    fences(read(page))
      .filter(({ info }) => info === 'yaml')
      .map(({ body }) => body),
  )
  const [whole = assert.fail('there is no example')] = examples
  for (const example of examples) {
    const yaml = example.includes('title:') ? example : `${whole}\n${example}`
    const result = readDefinition(yaml, 'example')
    assert.ok(result.kind === 'definition', JSON.stringify({ example, result }))
  }
  assert.ok(examples.length >= 4)
})

/** What runs in a worker elsewhere: the tables of languages are loaded once so. */
const here: Readonly<Record<string, (typeof programs)[number]['run']>> = {
  extract: async (input, output) => void (await eachLine(input, output, extractTask)),
  feed: async (input, output) => void (await eachLine(input, output, feedTask)),
}

test('every example for programs gives what is printed', async () => {
  const blocks = fences(read('docs/programs.md'))
  const shown = programs.map(({ name }) => name)
  const asked = blocks.filter(({ info }) => info.startsWith('json in='))
  assert.deepEqual(asked.map(({ info }) => info.slice('json in='.length)).toSorted(), shown.toSorted())
  for (const { name, run } of programs) {
    const given = (what: string): string =>
      blocks.find(({ info }) => info === `json ${what}=${name}`)?.body ?? assert.fail(`no ${what} of ${name}`)
    const output = new PassThrough()
    const said = text(output)
    await (here[name] ?? run)(Readable.from([given('in')]), output)
    output.end()
    assert.equal(await said, given('out'), name)
  }
})
