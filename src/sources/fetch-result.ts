/** How one attempt to fetch an address can end; everything that is not a bug is one of these. */

/** What a response says about when to come back. Values are as sent. */
export interface CacheHeaders {
  readonly etag?: string
  readonly lastModified?: string
  readonly cacheControl?: string
  readonly expires?: string
  readonly date?: string
}

interface Arrived {
  /** The address that answered, after all redirects. */
  readonly url: string
  /** Where the address has moved for good, when every redirect on the way said so. */
  readonly permanentUrl?: string
  readonly cache: CacheHeaders
}

export interface Fetched extends Arrived {
  readonly kind: 'fetched'
  readonly contentType?: string
  /** `X-Robots-Tag`: what the host asks of robots, as in `noarchive`. */
  readonly robotsTag?: string
  readonly bytes: Uint8Array
}

export interface NotModified extends Arrived {
  readonly kind: 'not-modified'
}

/** 410: it was there and will not come back. */
export interface Gone {
  readonly kind: 'gone'
  readonly url: string
}

/**
 * We would not do it. `scheme`: not http(s). `credentials`: a name or password in the address. `address`: the host is, or
 * resolves to, an address that is not public. `redirects`: too many, or nowhere. `too-large`: more bytes than allowed.
 * `encoding`: compressed in a way we do not read.
 */
export type RefusalReason = 'scheme' | 'credentials' | 'address' | 'redirects' | 'too-large' | 'encoding'

export interface Refused {
  readonly kind: 'refused'
  readonly reason: RefusalReason
  /** The address at which it was refused, which may be one behind a redirect. */
  readonly url: string
}

/** `not-found`: 404. `denied`: 401, 403, 451. `busy`: 429, 503. `server`: other statuses. The rest never got an answer. */
export type FailureCause =
  | 'not-found'
  | 'denied'
  | 'busy'
  | 'server'
  | 'timeout'
  | 'dns'
  | 'tls'
  | 'connection'
  | 'corrupt'

export interface Failed {
  readonly kind: 'failed'
  readonly cause: FailureCause
  readonly url: string
  /** Whether trying again later can help without anybody changing anything. */
  readonly retry: boolean
  readonly status?: number
  /** From `Retry-After`, in milliseconds from when the response came. */
  readonly retryAfterMs?: number
}

export type FetchResult = Fetched | NotModified | Gone | Refused | Failed
