/** A web address as people type or paste it. Whether it may be read is decided where it is fetched. */

const longestAddress = 2000

/** `example.org/a`, `<https://example.org/a>` and `feed://example.org/a` are meant as addresses too; undefined for anything else. */
export function typedAddress(typed: string): URL | undefined {
  const bare = typed
    .trim()
    .replace(/^<(.*)>$/u, '$1')
    .replace(/^feed:(?:\/\/)?(?=https?:)/iu, '')
    .replace(/^feed:\/\//iu, 'https://')
  if (bare.length > longestAddress || /\s/u.test(bare)) return undefined
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:(?!\d)/iu.test(bare) ? bare : `https://${bare}`)
  if (url === null || !/^https?:$/u.test(url.protocol)) return undefined
  // A host without a dot is an address only where a port shows that it is meant.
  return url.hostname.includes('.') || url.hostname.includes(':') || url.port !== '' ? url : undefined
}
