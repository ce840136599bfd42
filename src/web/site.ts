/** What pages and feeds know of the site that they are part of. */
import type { Addresses } from './addresses.ts'

export interface Site extends Addresses {
  /** The path of the stylesheet; it changes with what is in it. */
  readonly stylePath: string
}

export const brand = 'Depesche'
