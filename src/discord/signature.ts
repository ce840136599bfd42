/**
 * Whether a request comes from Discord: an Ed25519 signature (RFC 8032) over the timestamp and the body, by the key that the developer portal
 * shows (developers/interactions/overview, Validating Security Request Headers). Node's OpenSSL checks it, in constant time.
 */
import { createPublicKey, verify } from 'node:crypto'
import type { Instant } from '../article/article.ts'
import type { SignedRequest } from '../digest/signed-request.ts'

export type Verdict = 'genuine' | 'unsigned' | 'forged' | 'old'

/**
 * A request is of no use three seconds after it was sent, so all that this must allow for is clocks that differ, also that of a machine
 * whose clock is wrong by minutes: Discord removes an endpoint that refuses what is genuine. The longer it is, the longer what was
 * recorded can be played again.
 */
const mostOffMs = 5 * 60_000

/** `publicKey`: 64 hexadecimal digits. */
export function createSignatureCheck(publicKey: string): (request: SignedRequest, now: Instant) => Verdict {
  const x = Buffer.from(publicKey, 'hex').toString('base64url')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  return ({ body, signature, timestamp }, now) => {
    if (signature === undefined || timestamp === undefined) return 'unsigned'
    if (!/^[0-9a-f]{128}$/i.test(signature) || !/^\d{1,12}$/.test(timestamp)) return 'forged'
    const signed = Buffer.concat([Buffer.from(timestamp), body])
    if (!verify(null, signed, key, Buffer.from(signature, 'hex'))) return 'forged'
    return Math.abs(now - Number(timestamp) * 1000) > mostOffMs ? 'old' : 'genuine'
  }
}
