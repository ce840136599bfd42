import assert from 'node:assert/strict'
import { test } from 'node:test'
import { typedAddress } from '../../src/digest/typed-address.ts'

test('what people mean as an address is one, and nothing else is', () => {
  const meant: readonly (readonly [typed: string, href: string | undefined])[] = [
    ['https://example.org/feed', 'https://example.org/feed'],
    [' <https://example.org/feed> ', 'https://example.org/feed'],
    ['example.org/feed', 'https://example.org/feed'],
    ['example.org:8080/feed', 'https://example.org:8080/feed'],
    ['feed://example.org/rss', 'https://example.org/rss'],
    ['feed:http://example.org/rss', 'http://example.org/rss'],
    ['localhost:3000', 'https://localhost:3000/'],
    ['http://[::1]/feed', 'http://[::1]/feed'],
    ['localhost', undefined],
    ['no address', undefined],
    ['ftp://example.org', undefined],
    ['javascript:alert(1)', undefined],
    ['file:///etc/passwd', undefined],
    [`https://example.org/${'x'.repeat(2000)}`, undefined],
    ['', undefined],
  ]
  for (const [typed, href] of meant) assert.equal(typedAddress(typed)?.href, href, typed)
})
