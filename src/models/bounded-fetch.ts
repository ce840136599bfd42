/**
 * The only way to the model's endpoint: one origin, no redirects, an answer of bounded size, and headers that tell
 * nothing but what the request needs. The key is put on here, so that the SDK, and whatever it throws, never holds it.
 */

export interface EndpointAccess {
  /** Requests elsewhere are refused. */
  readonly baseUrl: string
  readonly key: string | undefined
  readonly userAgent: string
  /** Of the answer, unpacked. */
  readonly maxBytes: number
}

/** The endpoint broke a rule of ours. */
export class AnswerRefused extends Error {
  override readonly name = 'AnswerRefused'
  readonly reason: 'redirect' | 'too-large'

  constructor(reason: 'redirect' | 'too-large', message: string) {
    super(message)
    this.reason = reason
  }
}

/** Passed on from the answer: what the SDK and `failure.ts` read. */
const KEPT_HEADERS = ['content-type', 'retry-after']
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304])

/** A `fetch` for this endpoint alone. The whole body has been read when it resolves; the caller's signal ends it at any time. */
export function boundedFetch(access: EndpointAccess): typeof fetch {
  const { origin } = new URL(access.baseUrl)
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    if (url.origin !== origin) throw new AnswerRefused('redirect', 'The request was for another host.')
    const response = await fetch(url, { ...init, headers: requestHeaders(access), redirect: 'manual' })
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel()
      throw new AnswerRefused(
        'redirect',
        `Redirected to ${placeOf(response)}; set MODEL_URL to where it leads.`,
      )
    }
    const body = await readBody(response, access.maxBytes)
    const { status } = response
    const headers = KEPT_HEADERS.flatMap((name): [string, string][] => {
      const value = response.headers.get(name)
      return value === null ? [] : [[name, value]]
    })
    return new Response(WITHOUT_BODY.has(status) ? null : body, { status, headers })
  }
}

function requestHeaders({ key, userAgent }: EndpointAccess): Record<string, string> {
  return {
    accept: 'application/json',
    'content-type': 'application/json',
    'user-agent': userAgent,
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  }
}

/** Where a redirect leads, without anything that could be secret in its address. */
function placeOf(response: Response): string {
  const location = URL.parse(response.headers.get('location') ?? '', response.url || undefined)
  return location === null ? 'nowhere' : `${location.origin}${location.pathname}`.slice(0, 200)
}

async function readBody(response: Response, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.byteLength
    // Leaving the loop cancels the rest.
    if (size > maxBytes) throw new AnswerRefused('too-large', `The answer is larger than ${maxBytes} bytes.`)
    parts.push(part)
  }
  return Uint8Array.from(Buffer.concat(parts))
}
