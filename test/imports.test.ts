/** The arrows of the design: which part may import which. Anything else fails, and so does every cycle. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { test } from 'node:test'

const root = resolve(import.meta.dirname, '..')
const src = join(root, 'src')

/** The pure core, each part importing only those before it. */
const core = ['article', 'language', 'summary', 'story', 'digest']
/** Single files that any part may use. */
const shared = ['errors.ts']
const edgeShared = ['errors.ts', 'log.ts', 'clock.ts']

const mayImport: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(core.map((part, index) => [part, [...core.slice(0, index), ...shared]])),
  /** The feed parser is pure; it lies with the sources because feeds do. */
  work: [...core, ...shared, 'lines.ts', 'sources', 'pictures'],
  /** Pictures are made of plain data, in a worker thread. */
  pictures: [...core, ...shared],
  sources: [...core, ...edgeShared],
  models: [...core, ...edgeShared],
  web: [...core, ...edgeShared, 'metrics.ts'],
  storage: [...core, ...edgeShared],
  discord: [...core, ...edgeShared],
  jobs: [...core, ...edgeShared],
  rehearsal: [...core, ...edgeShared, 'bot.ts'],
  /** The composition root, in parts. */
  bot: [
    ...core,
    ...edgeShared,
    'work',
    'sources',
    'models',
    'storage',
    'discord',
    'jobs',
    'web',
    'metrics.ts',
  ],
  'bot.ts': [...core, ...edgeShared, 'bot', 'storage'],
  /** The commands of whoever runs the bot. */
  operation: [...core, ...edgeShared, 'work', 'sources', 'storage', 'discord', 'jobs', 'config.ts'],
  'main.ts': [
    ...core,
    ...edgeShared,
    'work',
    'sources',
    'storage',
    'discord',
    'jobs',
    'operation',
    'rehearsal',
    'bot.ts',
    'config.ts',
    'one-shot.ts',
    'programs.ts',
  ],
  'metrics.ts': [],
  'config.ts': shared,
  'lines.ts': shared,
  'one-shot.ts': [...core, ...shared, 'config.ts', 'sources', 'work'],
  'programs.ts': [...core, ...shared, 'lines.ts', 'work'],
  'errors.ts': [],
  'log.ts': shared,
  'clock.ts': ['article'],
}

/** Where each third-party library may be imported; a part of the tree, or one file. */
const homes: Readonly<Record<string, readonly string[]>> = {
  'discord.js': ['discord'],
  'discord-api-types': ['discord', 'rehearsal'],
  'intl-messageformat': ['discord/text'],
  kysely: ['storage'],
  'better-sqlite3': ['storage/sqlite.ts'],
  pg: ['storage/postgres.ts'],
  'node-cron': ['jobs/tick.ts'],
  dotenv: ['main.ts'],
  commander: ['main.ts', 'operation/commands.ts'],
  pino: ['log.ts'],
  'pino-pretty': ['log.ts'],
  piscina: ['work/pool.ts'],
  marked: ['article/markdown-text.ts'],
  linkedom: ['article/page'],
  '@mozilla/readability': ['article/page'],
  '@exodus/bytes': ['article/charset.ts'],
  'temporal-polyfill': ['article/dates.ts', 'article/zone.ts', 'digest/local-clock.ts'],
  'cron-parser': ['digest/cron.ts'],
  cronstrue: ['digest/schedule-words.ts'],
  eld: ['language'],
  'snowball-stemmers': ['language'],
  yaml: ['article/markdown-file.ts', 'digest/definition.ts'],
  feedsmith: ['sources'],
  '@rowanmanning/feed-parser': ['sources/feed'],
  feedparser: ['sources/feed'],
  undici: ['sources'],
  'ipaddr.js': ['sources'],
  entities: ['sources/feed'],
  'robots-parser': ['sources/robots.ts'],
  openai: ['models'],
  fastify: ['web/server.ts'],
  'prom-client': ['web/prometheus.ts'],
  re2js: ['digest/pattern.ts'],
  ws: ['rehearsal/standin'],
  ajv: ['rehearsal/standin/openapi.ts'],
  '@resvg/resvg-wasm': ['pictures/render.ts'],
  'dejavu-fonts-ttf': ['pictures/fonts.ts'],
  zod: [''],
}

interface Import {
  readonly from: string
  readonly to: string
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
  .map((name) => name.split(sep).join('/'))

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(src, file), 'utf8')
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s+'([^']+)'|import\s*\(\s*'([^']+)'|(?:^|\n)import\s+'([^']+)'/g,
  )
  return [...found].map((match) => {
    const to = match[1] ?? match[2] ?? match[3] ?? ''
    const isOwn = to.startsWith('.')
    return {
      from: file,
      to: isOwn
        ? relative(src, resolve(dirname(join(src, file)), to))
            .split(sep)
            .join('/')
        : to,
    }
  })
}

const imports = files.flatMap(importsOf)
const own = imports.filter(({ to }) => files.includes(to))
const partOf = (file: string) => file.split('/')[0] ?? file

test('every part imports only what the design allows it', () => {
  const wrong = own
    .filter(({ from, to }) => partOf(from) !== partOf(to))
    .filter(({ from, to }) => !(mayImport[partOf(from)] ?? []).includes(partOf(to)))
    .map(({ from, to }) => `${from} → ${to}`)
  assert.deepEqual(wrong, [])
})

test('every own import leads to a file in src', () => {
  const broken = imports.filter(
    ({ to }) => /^[^:]*\.ts$/.test(to) && !files.includes(to) && !to.endsWith('.d.ts'),
  )
  assert.deepEqual(broken, [])
})

test('each third-party library is imported only in its home', () => {
  const builtins = new Set(builtinModules)
  const foreign = imports.filter(
    ({ to }) => !to.endsWith('.ts') && !to.startsWith('node:') && !builtins.has(to),
  )
  assert.ok(foreign.length > 0)
  const wrong = foreign
    .filter(({ from, to }) => {
      const library = Object.keys(homes).find((name) => to === name || to.startsWith(`${name}/`))
      const home = library === undefined ? [] : (homes[library] ?? [])
      return !home.some((place) => place === '' || from === place || from.startsWith(`${place}/`))
    })
    .map(({ from, to }) => `${from} → ${to}`)
  assert.deepEqual(wrong, [])
})

test('there is no cycle of imports', () => {
  const next = Map.groupBy(own, ({ from }) => from)
  const done = new Set<string>()
  const cycles: string[] = []
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file)
    if (at >= 0) cycles.push([...path.slice(at), file].join(' → '))
    if (at >= 0 || done.has(file)) return
    for (const { to } of next.get(file) ?? []) visit(to, [...path, file])
    done.add(file)
  }
  for (const file of files) visit(file, [])
  assert.deepEqual(cycles, [])
})

test('only the command line reads the environment of the process', () => {
  const readers = files.filter((file) => /\bprocess\.env\b/.test(readFileSync(join(src, file), 'utf8')))
  assert.deepEqual(
    readers.filter((file) => file !== 'main.ts' && file !== 'config.ts'),
    [],
  )
})
