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
