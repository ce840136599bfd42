/** One poll of a source, against a real host: what is told of it where something is in the way. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { SourceId } from '../../src/article/article.ts'
import type { SourceTrouble } from '../../src/digest/source-health.ts'
import { UserError } from '../../src/errors.ts'
import { parseFeed } from '../../src/sources/feed/parse-feed.ts'
import { createHttpClient } from '../../src/sources/http.ts'
import { readPageLinks } from '../../src/sources/page-links.ts'
import { type PollTools, pollSource } from '../../src/sources/poll.ts'
import { rss, sends } from '../support/feeds.ts'
import { openHost } from '../support/host.ts'

const now = Date.parse('2026-11-20T06:00:00Z')

function openTools(t: TestContext, allowedHosts: readonly string[]): PollTools {
  const http = createHttpClient({ userAgent: 'test', allowedHosts })
  t.after(() => http.close())
  return {
    fetch: http.fetch,
    readFeed: (feed) => parseFeed(feed),
    readLinks: async (page) => readPageLinks(page),
    now: () => now,
    random: () => 0,
  }
}

function source(address: string, state?: string) {
  const usual = { kind: 'feed', fulltext: 'always', language: 'en' } as const
  return { id: `feed:${address}` as SourceId, address, ...usual, ...(state === undefined ? {} : { state }) }
}

test('what is in the way of a source is named, and nothing is where it is read', async (t) => {
  const link = (href: string) => `<link rel="alternate" type="application/rss+xml" href="${href}">`
  const host = await openHost(t, {
    '/feed.xml': sends(rss('Estuary Radio', [{ title: 'Ferries resume' }])),
    '/gone': (_, response) => void response.writeHead(410).end(),
    '/denied': (_, response) => void response.writeHead(403).end(),
    '/busy': (_, response) => void response.writeHead(429).end(),
    '/broken': (_, response) => void response.writeHead(500).end(),
    '/round': (_, response) => void response.writeHead(302, { location: '/round' }).end(),
    '/page': sends('<html><body><p>Hello</p></body></html>', 'text/html'),
    '/one': sends(`<html><head>${link('/feed.xml')}</head></html>`, 'text/html'),
    '/two': sends(`<html><head>${link('/a.xml')}${link('/b.xml')}</head></html>`, 'text/html'),
    '/picture': sends('x', 'image/png'),
  })
  const tools = openTools(t, [host.host])
  const told: readonly (readonly [address: string, trouble: SourceTrouble | undefined])[] = [
    [`${host.url}/feed.xml`, undefined],
    [`${host.url}/one`, undefined],
    [`${host.url}/gone`, 'gone'],
    [`${host.url}/nowhere`, 'not-found'],
    [`${host.url}/denied`, 'denied'],
    [`${host.url}/busy`, 'busy'],
    [`${host.url}/broken`, 'server'],
    [`${host.url}/round`, 'redirects'],
    [`${host.url}/page`, 'no-feed'],
    [`${host.url}/two`, 'several-feeds'],
    [`${host.url}/picture`, 'unreadable'],
    ['http://10.0.0.7/feed', 'private'],
    ['ftp://example.org/feed', 'address'],
  ]
  for (const [address, trouble] of told) {
    assert.equal((await pollSource(source(address), tools)).trouble, trouble, address)
  }
})

test('a feed that takes too much time counts as one that cannot be read, and is asked less often', async (t) => {
  const host = await openHost(t, { '/feed.xml': sends(rss('Estuary Radio', [{ title: 'Ferries resume' }])) })
  const tools = openTools(t, [host.host])
  const slow: PollTools = { ...tools, readFeed: () => Promise.reject(new UserError('too-slow', 'Too slow.')) }
  const first = await pollSource(source(`${host.url}/feed.xml`), slow)
  const second = await pollSource(source(`${host.url}/feed.xml`, first.state), slow)
  assert.deepEqual([first.trouble, second.trouble], ['unreadable', 'unreadable'])
  assert.ok((second.nextPollAt ?? 0) > (first.nextPollAt ?? 0))
  const broken: PollTools = { ...tools, readFeed: () => Promise.reject(new TypeError('a mistake of ours')) }
  await assert.rejects(pollSource(source(`${host.url}/feed.xml`), broken), TypeError)
})
