/** What Discord sends to the web side, as it came, and what it is answered: the web side carries it, Discord's side judges it. */

export interface SignedRequest {
  /** Byte for byte: the signature is over these. */
  readonly body: Uint8Array
  readonly signature: string | undefined
  readonly timestamp: string | undefined
}

export interface SignedAnswer {
  readonly status: 200 | 202 | 400 | 401 | 503
  /** JSON; absent: no body. */
  readonly json?: string
  /** Told once: whether the whole answer went out, or nobody waits for it any more. */
  readonly sent?: (isSent: boolean) => void
}

export type AnswerSigned = (request: SignedRequest) => Promise<SignedAnswer>
