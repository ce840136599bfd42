/**
 * What tells whether two tables hold the same rows: their count, and the sum of the SHA-256 of each row, so that the order in which an
 * engine gives them does not matter.
 */
import { createHash } from 'node:crypto'
import type { TableSum } from './move-mark.ts'
import type { Row } from './records.ts'

export interface Summing {
  readonly add: (row: Row) => void
  readonly sum: () => TableSum
}

export function createSumming(columns: readonly string[]): Summing {
  let rows = 0
  let hash = 0n
  return {
    add: (row) => {
      const line = JSON.stringify(columns.map((column) => row[column] ?? null))
      hash = BigInt.asUintN(256, hash + BigInt(`0x${createHash('sha256').update(line).digest('hex')}`))
      rows += 1
    },
    sum: () => ({ rows, hash: hash.toString(16).padStart(64, '0') }),
  }
}

/** As PostgreSQL holds it: it has every character but one. */
export function storableRow(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, cell]) => [
      name,
      typeof cell === 'string' && cell.includes('\0') ? cell.replaceAll('\0', '') : cell,
    ]),
  )
}
