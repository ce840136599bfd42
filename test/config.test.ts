import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { readConfig, secretsOf, settingList } from '../src/config.ts'
import { UserError } from '../src/errors.ts'

test('.env.example lists every setting with its default and what it is for, and no other', () => {
  const text = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
  const expected = settingList
    .map(({ name, default: value, about }) => `# ${about}\n${name}=${value}\n`)
    .join('\n')
  assert.equal(text.slice(text.indexOf('\n\n') + 2), expected)
})

test('an empty environment gives the defaults', () => {
  const config = readConfig({})
  assert.equal(config.token, undefined)
  assert.equal(config.databaseUrl, 'sqlite:data/depesche.sqlite')
  assert.equal(config.rehearsalPort, 8137)
})

test('every problem is named at once, with the setting and what it should be', () => {
  assert.throws(
    () => readConfig({ REHEARSAL_PORT: 'abc', LOG_LEVEL: 'loud', DISCORD_API_URL: 'ftp://x' }),
    (error: unknown) => {
      assert.ok(error instanceof UserError)
      assert.equal(
        error.message,
        "3 problems in the settings: DISCORD_API_URL 'ftp://x' is not an http(s) address; LOG_LEVEL 'loud' is not one of trace, debug, info, warn, error, silent; REHEARSAL_PORT 'abc' is not a port number (1–65535).",
      )
      return true
    },
  )
})

test('the value of a secret is never repeated in a problem', () => {
  assert.throws(
    () => readConfig({ DATABASE_URL: 'mysql://user:hunter22@host/db' }),
    (error: unknown) => error instanceof UserError && !error.message.includes('hunter22'),
  )
  assert.deepEqual(secretsOf(readConfig({ DISCORD_TOKEN: 'abc.def' })), ['abc.def'])
})

test('a public key is 64 hexadecimal digits; with it one process needs no gateway', () => {
  const key = 'AB'.repeat(32)
  assert.equal(readConfig({}).publicKey, undefined)
  assert.equal(readConfig({ DISCORD_PUBLIC_KEY: key }).publicKey, key.toLowerCase())
  for (const wrong of ['ab', `${key}0`, 'x'.repeat(64)])
    assert.throws(
      () => readConfig({ DISCORD_PUBLIC_KEY: wrong }),
      /is not 64 hexadecimal digits, as the developer portal shows them/,
    )
  const alone = { ROLES: 'poll,publish,web', WEB_PORT: '8080' }
  assert.throws(() => readConfig(alone), /ROLES cannot be set while DATABASE_URL names a SQLite file/)
  assert.deepEqual(readConfig({ ...alone, DISCORD_PUBLIC_KEY: key }).roles, ['poll', 'publish', 'web'])
  assert.throws(() => readConfig({ ...alone, ROLES: 'web', DISCORD_PUBLIC_KEY: key }), /SQLite file/)
})

test('a model needs an address without a password and a name, and no model is the default', () => {
  const problemsOf = (environment: Record<string, string>): string => {
    try {
      readConfig(environment)
      return ''
    } catch (error) {
      return error instanceof UserError ? error.message : String(error)
    }
  }
  assert.equal(readConfig({}).modelUrl, undefined)
  const config = readConfig({ MODEL_URL: 'http://localhost:11434/v1/', MODEL_NAME: 'tiny-news' })
  assert.deepEqual([config.modelUrl, config.modelName], ['http://localhost:11434/v1', 'tiny-news'])
  assert.equal(
    problemsOf({ MODEL_URL: 'http://localhost:11434/v1' }),
    '1 problem in the settings: MODEL_NAME is missing while MODEL_URL is set; name the model that answers there.',
  )
  const name = { MODEL_NAME: 'tiny-news' }
  assert.match(problemsOf({ ...name, MODEL_URL: 'localhost:11434' }), /MODEL_URL is not an http\(s\) address/)
  assert.match(
    problemsOf({ ...name, MODEL_URL: 'https://api.example/v1/chat/completions' }),
    /MODEL_URL must end before \/chat\/completions/,
  )
  const withPassword = problemsOf({ ...name, MODEL_URL: 'https://me:hunter22@api.example/v1' })
  assert.match(withPassword, /MODEL_URL holds a password; put it into MODEL_KEY/)
  assert.doesNotMatch(withPassword, /hunter22/)
  assert.match(problemsOf({ MODEL_TIMEOUT_SECONDS: '0' }), /not a whole number \(1–300\)/)
  assert.doesNotMatch(problemsOf({ MODEL_KEY: 'sk secret' }), /sk secret/)
})

test('the key of the model is a secret', () => {
  assert.deepEqual(secretsOf(readConfig({ DISCORD_TOKEN: 'abc.def', MODEL_KEY: 'sk-123' })), [
    'abc.def',
    'sk-123',
  ])
})

test('the web side is off without a port, and its address is one that links can begin with', () => {
  const { webPort, webHost, publicUrl } = readConfig({})
  assert.deepEqual([webPort, webHost, publicUrl], [undefined, '127.0.0.1', undefined])
  const set = readConfig({ WEB_PORT: '8080', WEB_HOST: '::1', PUBLIC_URL: 'https://news.example/base/' })
  assert.deepEqual([set.webPort, set.webHost, set.publicUrl], [8080, '::1', 'https://news.example/base'])
  const refused = { WEB_PORT: '0', WEB_HOST: 'my host', PUBLIC_URL: 'https://news.example/?a=1' }
  assert.throws(
    () => readConfig(refused),
    (error: unknown) =>
      error instanceof UserError &&
      /^3 problems/.test(error.message) &&
      /WEB_PORT '0' is not a port number/.test(error.message) &&
      /WEB_HOST 'my host' is not an address/.test(error.message) &&
      /PUBLIC_URL 'https:\/\/news\.example\/\?a=1' must hold a host/.test(error.message),
  )
})

test('a process has all roles and all shards, or those that are named', () => {
  const { roles, shards } = readConfig({})
  assert.deepEqual([roles, shards], [['gateway', 'poll', 'publish', 'web'], undefined])
  const shared = { DATABASE_URL: 'postgres://depesche@db.example/depesche' }
  assert.deepEqual(readConfig({ ...shared, ROLES: ' publish , poll,poll' }).roles, ['poll', 'publish'])
  const shardsOf = (SHARDS: string) => readConfig({ ...shared, SHARDS }).shards
  assert.deepEqual(shardsOf('0-3/16'), { ids: [0, 1, 2, 3], count: 16 })
  assert.deepEqual(shardsOf('5/16'), { ids: [5], count: 16 })
  assert.deepEqual(shardsOf('7, 0-1, 1-2 / 8'), { ids: [0, 1, 2, 7], count: 8 })
  assert.deepEqual(shardsOf('0/1'), { ids: [0], count: 1 })
})

test('roles and shards that cannot be are refused with what to write instead', () => {
  const shared = { DATABASE_URL: 'postgres://depesche@db.example/depesche' }
  const problemOf = (environment: Record<string, string>): string => {
    try {
      readConfig(environment)
      return ''
    } catch (error) {
      assert.ok(error instanceof UserError)
      return error.message.replace(/^1 problem in the settings: /, '')
    }
  }
  const refused: readonly (readonly [Record<string, string>, string])[] = [
    [
      { ...shared, ROLES: 'gateway,shards' },
      "ROLES 'gateway,shards' names 'shards', which is no role: name some of gateway, poll, publish, web, separated by commas.",
    ],
    [
      { ...shared, ROLES: 'poll,' },
      "ROLES 'poll,' names '', which is no role: name some of gateway, poll, publish, web, separated by commas.",
    ],
    [{ ...shared, SHARDS: '4' }, "SHARDS '4' does not say which shards of how many, as in 0-3/16."],
    [{ ...shared, SHARDS: '0-3/0' }, "SHARDS '0-3/0' is not of 1–100000 shards."],
    [{ ...shared, SHARDS: '3-1/4' }, "SHARDS '3-1/4' holds the range 3-1, which ends before it begins."],
    [
      { ...shared, SHARDS: '0-16/16' },
      "SHARDS '0-16/16' names shard 16, and of 16 shards the last one is 15.",
    ],
    [
      { ROLES: 'poll' },
      'ROLES cannot be set while DATABASE_URL names a SQLite file, which serves one process alone; leave it empty, or move to PostgreSQL (depesche migrate).',
    ],
    [
      { ROLES: 'gateway', SHARDS: '0/2' },
      'ROLES and SHARDS cannot be set while DATABASE_URL names a SQLite file, which serves one process alone; leave them empty, or move to PostgreSQL (depesche migrate).',
    ],
    [
      { ...shared, ROLES: 'poll', SHARDS: '0/2' },
      'SHARDS is set while ROLES has no gateway; set it where the gateway is.',
    ],
    [{ ...shared, ROLES: 'poll,web' }, 'WEB_PORT is missing while ROLES names web; name a port.'],
  ]
  for (const [environment, problem] of refused) assert.equal(problemOf(environment), problem)
  assert.equal(problemOf({ ROLES: 'web,publish,poll,gateway' }), '')
})
