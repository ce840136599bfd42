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
