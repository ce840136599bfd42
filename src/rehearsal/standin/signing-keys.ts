/** The key pair with which Discord signs what it sends to an application: Ed25519, RFC 8032. */
import { generateKeyPairSync, sign } from 'node:crypto'

export interface SigningKeys {
  /** 64 hexadecimal digits, as the developer portal shows it. */
  readonly publicKey: string
  readonly sign: (text: string) => string
}

/** A pair of its own for every application. */
export function createSigningKeys(): SigningKeys {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const { x = '' } = publicKey.export({ format: 'jwk' })
  return {
    publicKey: Buffer.from(x, 'base64url').toString('hex'),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('hex'),
  }
}
