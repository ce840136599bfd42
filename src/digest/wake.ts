/** A call to every process that something is due now. It is a hint: whoever misses it finds the same with the next tick. */
export interface Wake {
  readonly call: () => Promise<void>
  /** Told of every call, by whichever process; and once when calls may have been missed. Gives the way to hear no more. */
  readonly hear: (listener: () => void) => () => Promise<void>
}
