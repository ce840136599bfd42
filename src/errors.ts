/**
 * Two kinds of failure are told apart (everything else is a bug and is thrown as it is):
 * what a person can mend (`UserError`: a code and facts, put into words where it is shown) and
 * what the outside world did (`OutsideError`: with its cause, and whether trying again can help).
 */

/** Something the reader of the message can mend. `code` names the sentence, `facts` fill it. */
export class UserError extends Error {
  override readonly name = 'UserError'
  readonly code: string
  readonly facts: Readonly<Record<string, string | number>>

  /** `message` is the English sentence with its remedy, used on the command line and in logs. */
  constructor(code: string, message: string, facts: Readonly<Record<string, string | number>> = {}) {
    super(message)
    this.code = code
    this.facts = facts
  }
}

/** A failure of something that is not ours: a host, a disk, Discord. */
export class OutsideError extends Error {
  override readonly name = 'OutsideError'
  readonly retry: boolean
  /** What is the matter was told by itself: the log need not tell each failure that comes of it. */
  readonly isTold: boolean

  constructor(
    message: string,
    options: { readonly retry: boolean; readonly isTold?: true; readonly cause?: unknown },
  ) {
    super(message, { cause: options.cause })
    this.retry = options.retry
    this.isTold = options.isTold === true
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
