/** The doctor, asked about a bot that is well and about each thing that can be wrong with it. */
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { readConfig } from '../../src/config.ts'
import { type DigestId, definitionSchema } from '../../src/digest/definition.ts'
import type { ChannelId, GuildId } from '../../src/digest/ledger.ts'
import { examine } from '../../src/operation/doctor/doctor.ts'
import { type Finding, sayFindings } from '../../src/operation/doctor/finding.ts'
import { checkMachine } from '../../src/operation/doctor/machine.ts'
import { checkSettings } from '../../src/operation/doctor/settings.ts'
import { findingsOf } from '../../src/operation/doctor/storage.ts'
import { lockDatabase } from '../../src/storage/database.ts'
import { openStorage } from '../../src/storage/storage.ts'
import { ask, newEmptySchema, testOn } from '../support/engines.ts'
import { openHost } from '../support/host.ts'
import { openTestDiscord } from '../support/standin.ts'

const token = 'the-right-token'
const feed = '<rss version="2.0"><channel><title>Wire</title></channel></rss>'

/** A bot with a digest of two feeds, posted into two channels. */
async function openPatient(t: TestContext, database?: string) {
  const folder = await mkdtemp(join(tmpdir(), 'depesche-doctor-'))
  t.after(() => rm(folder, { recursive: true }))
  const discord = await openTestDiscord(t, {
    token,
    allowBadRequests: true,
    guilds: [{ name: 'Test', channels: [{ name: 'news' }, { name: 'sport' }] }],
  })
  const host = await openHost(t, {
    '/good': (_request, response) => response.setHeader('content-type', 'application/rss+xml').end(feed),
    '/gone': (_request, response) => response.writeHead(410).end(),
    // An endpoint that passes Discord's check: it knows one signature that is wrong.
    '/interactions': (request, response) =>
      /^0+$/.test(String(request.headers['x-signature-ed25519']))
        ? response.writeHead(401).end()
        : response.setHeader('content-type', 'application/json').end('{"type":1}'),
  })
  const write = async (feeds: readonly string[]) => {
    const sources = feeds.map((path) => `  - feed: ${host.url}${path}`).join('\n')
    await writeFile(
      join(folder, 'digests/wire/digest.yaml'),
      `title: Wire\nlanguage: en\nsources:\n${sources}\nschedule:\n  times: ["07:30"]\n  zone: UTC\n`,
    )
  }
  await mkdir(join(folder, 'digests/wire'), { recursive: true })
  await write(['/good'])
  const path = join(folder, 'depesche.sqlite')
  const url = database ?? `sqlite:${path}`
  const storage = await openStorage(url)
  const definition = definitionSchema.parse({
    title: 'Wire',
    language: 'en',
    sources: [{ folder: 'articles' }],
    schedule: { times: ['07:30'], zone: 'UTC' },
  })
  const digest = { id: 'wire' as DigestId, ...definition }
  await storage.intake.setHouseDigests([{ digest, sources: [] }], 0)
  const guildId = discord.world.guilds()[0]?.id as GuildId
  const channels = ['news', 'sport'].map((name) => discord.world.channelNamed(name).id as ChannelId)
  for (const channelId of channels) {
    await storage.subscriptions.add({
      guildId,
      channelId,
      digestId: digest.id,
      schedule: digest.schedule ?? assert.fail(),
      createdAt: 0,
      plannedUntil: 0,
    })
  }
  await storage.close()
  const look = (
    given: {
      token?: string
      now?: () => number
      hasNetwork?: boolean
      settings?: Readonly<Record<string, string>>
    } = {},
  ) =>
    examine({
      settings: () =>
        readConfig({
          DISCORD_TOKEN: given.token ?? token,
          DISCORD_API_URL: discord.api,
          DATABASE_URL: url,
          DIGESTS_DIR: join(folder, 'digests'),
          ALLOWED_HOSTS: host.host,
          ...given.settings,
        }),
      envFile: undefined,
      hasNetwork: given.hasNetwork ?? true,
      now: given.now ?? Date.now,
      progress: () => undefined,
    })
  return { discord, look, path, url, write, channels, host }
}

const unwell = (findings: readonly Finding[]) => findings.filter(({ level }) => level !== 'ok')

test('where interactions come by HTTP, settings and application must agree', async (t) => {
  const { discord, look, host } = await openPatient(t)
  const asked = async (settings: Readonly<Record<string, string>>) => {
    const [found, ...others] = unwell(await look({ settings }))
    assert.deepEqual(others, [])
    return found === undefined ? '' : `${found.level} ${found.says} ${found.remedy ?? ''}`
  }
  const { verifyKey } = discord.world
  const key = { DISCORD_PUBLIC_KEY: verifyKey.toUpperCase(), WEB_PORT: '8080' }
  assert.equal(await asked({}), '')
  assert.match(await asked(key), /^warning .* over the gateway\. .*https:\/\/…\/interactions/)
  assert.match(await asked({ ...key, ROLES: 'poll,publish,web' }), /^problem .* knows no endpoint/)
  assert.match(await asked({ ...key, WEB_PORT: '' }), /^problem .*WEB_PORT is not: .* Name a port/)
  const other = { ...key, DISCORD_PUBLIC_KEY: '1'.repeat(64) }
  assert.match(await asked(other), new RegExp(`^problem .*not this application's.*=${verifyKey};`))
  await discord.admin.setEndpoint(`${host.url}/interactions`)
  assert.match(
    await asked({}),
    new RegExp(`^problem .*${host.url}/interactions, .*=${verifyKey} and WEB_PORT`),
  )
  assert.equal(await asked(key), '')
})

test('a bot that is well has no problems; then each thing that breaks is named with its remedy', async (t) => {
  const { discord, look, path, url, write, channels, host } = await openPatient(t)
  const well = await look()
  assert.deepEqual(unwell(well), [])
  const said = sayFindings(well)
  for (const part of [
    /token is that of/,
    /client_id=\d+/,
    /agrees with Discord/,
    /2 of 2 can be posted in/,
    /1 of 1 of the house answer/,
  ])
    assert.match(said, part)

  const refused = unwell(await look({ token: 'the-wrong-token' }))
  assert.deepEqual(
    refused.map(({ about, level }) => [about, level]),
    [['discord', 'problem']],
  )
  assert.match(refused[0]?.remedy ?? '', /Reset Token/)
  assert.doesNotMatch(JSON.stringify(refused), /the-wrong-token/)

  for (const minutes of [1, -1]) {
    const [off, ...others] = unwell(await look({ now: () => Date.now() + minutes * 60_000 }))
    assert.deepEqual([off?.about, off?.level, others], ['clock', 'problem', []])
    assert.match(off?.says ?? '', minutes > 0 ? /(59|60) s ahead of/ : /(59|60) s behind/)
  }

  discord.admin.setOverwrites(channels[0] ?? '', [{ id: 'bot', deny: 2048n }])
  discord.admin.setOverwrites(channels[1] ?? '', [{ id: 'bot', deny: 1024n }])
  const denied = unwell(await look())
  assert.deepEqual(
    denied.map(({ about }) => about),
    ['channel', 'channel'],
  )
  assert.match(denied[0]?.says ?? '', /#news \(wire\): the bot lacks Send Messages\./)
  assert.match(denied[1]?.says ?? '', /\(wire\): (?:the bot does not see it|the bot lacks View Channel)/)
  for (const channel of channels) discord.admin.setOverwrites(channel, [])

  await write(['/good', '/gone', '/nowhere'])
  const dead = unwell(await look())
  assert.deepEqual(
    dead.map(({ says }) => says.replace(host.url, '')),
    ['/gone is gone for good.', '/nowhere does not answer (not-found 404).'],
  )
  await write(['/good'])

  const unlock = lockDatabase(url)
  assert.match(sayFindings(await look({ hasNetwork: false })), /is sound; a bot is running on it/)
  unlock()

  const file = await open(path, 'r+')
  await file.write(Buffer.alloc(8192, 7), 0, 8192, 8192)
  await file.close()
  const damaged = unwell(await look({ hasNetwork: false }))
  assert.deepEqual(damaged.map(({ about, level }) => [about, level]).at(0), ['storage', 'problem'])
  assert.match(damaged[0]?.remedy ?? '', /depesche restore/)
})

testOn('PostgreSQL', 'on PostgreSQL every part is looked at as well', async (t) => {
  const database = await newEmptySchema()
  const schema = new URL(database).searchParams.get('application_name') ?? ''
  const { discord, look, channels } = await openPatient(t, database)
  const well = await look()
  assert.deepEqual(
    unwell(well).filter(({ about }) => about !== 'connections'),
    [],
  )
  for (const part of [
    /storage: 127\.0\.0\.1:\d+\/\w+ can be used; no bot is connected to it/,
    /server: PostgreSQL \d+/,
    /connections: \d+ of \d+ connections are taken/,
    /size: the tables have [\d.]+ MB with their indexes/,
    /retention: articles none, full texts none, editions none/,
    /rows: .*subscription 2/,
    /2 of 2 can be posted in/,
  ])
    assert.match(sayFindings(well), part)

  discord.admin.setOverwrites(channels[0] ?? '', [{ id: 'bot', deny: 2048n }])
  assert.ok(unwell(await look()).some(({ says }) => /#news \(wire\): the bot lacks Send Messages/.test(says)))

  await ask(`delete from ${schema}.kysely_migration where name >= '0025'`)
  const older = sayFindings(await look({ hasNetwork: false }))
  assert.match(older, /is of an older version; .*\n.*pg_dump/)
  await ask(`insert into ${schema}.kysely_migration (name, timestamp) values ('9999-from-the-future', '')`)
  assert.match(sayFindings(await look({ hasNetwork: false })), /✗ storage: .*9999-from-the-future/)
})

test('a server that does not answer is a problem with a sentence', async () => {
  const findings = await examine({
    settings: () => readConfig({ DISCORD_TOKEN: token, DATABASE_URL: 'postgres://127.0.0.1:1/none' }),
    envFile: undefined,
    hasNetwork: false,
    now: Date.now,
    progress: () => undefined,
  })
  const [problem] = findings.filter(({ about }) => about === 'storage')
  assert.equal(problem?.level, 'problem')
  assert.match(problem?.says ?? '', /127\.0\.0\.1:1\/none does not answer: is DATABASE_URL right/)
})

test('settings: every problem at once, and a misspelt name with the one that was meant', () => {
  const { findings, config } = checkSettings(
    () => readConfig({ CATCH_UP_HOURS: 'soon', LOG_LEVEL: 'loud' }),
    'DISCORD_TOKN=abc\n# LOG_LEVL=1\nexport BODY_DAY=3\nNODE_OPTIONS=--x\nLOG_LEVEL=loud\n',
  )
  assert.equal(config, undefined)
  assert.match(findings[0]?.says ?? '', /2 problems.*CATCH_UP_HOURS.*LOG_LEVEL/)
  assert.deepEqual(
    findings.slice(1).map(({ says, remedy }) => [says, remedy]),
    [
      ['DISCORD_TOKN in .env is no setting.', 'Did you mean DISCORD_TOKEN?'],
      ['BODY_DAY in .env is no setting.', 'Did you mean BODY_DAYS?'],
    ],
  )
})

test('a machine that is too old or too small is named', () => {
  const levels = (node: string, memory: number) =>
    checkMachine({ node, zones: '2026b', memory }).map(({ level }) => level)
  assert.deepEqual(levels('24.1.0', 512e6), ['ok', 'ok', 'ok'])
  assert.deepEqual(levels('22.17.0', 400e6), ['problem', 'ok', 'warning'])
  assert.deepEqual(levels('20.19.2', 200e6), ['problem', 'ok', 'problem'])
})

test('a full disk, a long log and a file that gives nothing back are named', () => {
  const facts = {
    path: 'a.sqlite',
    bytes: 1e9,
    logBytes: 0,
    freeBytes: 5e9,
    faults: [],
    missingSteps: 0,
    unusedBytes: 0,
    shrinks: true,
    isInUse: false,
    rows: {},
    oldest: { article: undefined, body: undefined, edition: undefined },
  }
  const found = (change: Partial<typeof facts>) =>
    unwell(findingsOf({ ...facts, ...change }, 0)).map(({ about, level }) => `${about} ${level}`)
  assert.deepEqual(found({}), [])
  assert.deepEqual(found({ freeBytes: 100e6 }), ['disk problem'])
  assert.deepEqual(found({ freeBytes: 1.1e9 }), ['disk warning'])
  assert.deepEqual(found({ logBytes: 300e6 }), ['size warning'])
  assert.deepEqual(found({ shrinks: false }), ['size warning'])
  assert.deepEqual(found({ missingSteps: 1 }), ['storage warning'])
})
