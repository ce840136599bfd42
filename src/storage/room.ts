/** Whether there is room on the disk for what is written: noted with the first write that finds none, and again when one succeeds. */
import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'

export interface Room {
  readonly isFull: () => boolean
  /** A write found no room. */
  readonly lacked: () => void
  /** A write is on disk. */
  readonly written: () => void
}

/** A small write may still fit where others do not: with less than this the disk stays full. */
const leastFreeBytes = 1e6

/** `told` hears each change, and nothing in between. */
export function watchRoom(path: string, told: (hasRoom: boolean) => void): Room {
  let isFull = false
  const change = (now: boolean): void => {
    if (isFull === now) return
    isFull = now
    told(!now)
  }
  return {
    isFull: () => isFull,
    lacked: () => change(true),
    written: () => {
      if (isFull && freeBytes(path) >= leastFreeBytes) change(false)
    },
  }
}

function freeBytes(path: string): number {
  const { bavail, bsize } = statfsSync(dirname(path))
  return bavail * bsize
}
