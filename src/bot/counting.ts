/** The storage, with what is written to it counted as it is written: no part that writes knows of metrics. */
import type { Counting } from '../metrics.ts'
import type { Storage } from '../storage/storage.ts'

export function counted(storage: Storage, counting: Counting): Storage {
  const { polling, intake, desk, ledger } = storage
  return {
    ...storage,
    polling: {
      ...polling,
      record: async (id, poll) => {
        await polling.record(id, poll)
        counting.polled(poll.trouble === undefined ? 'read' : 'failed')
      },
    },
    intake: {
      ...intake,
      hold: async (...article) => {
        const held = await intake.hold(...article)
        if (held.change !== 'none') counting.taken(held.change)
        return held
      },
    },
    desk: {
      ...desk,
      freeze: async (next) => {
        const edition = await desk.freeze(next)
        counting.composed()
        return edition
      },
    },
    ledger: countedLedger(ledger, counting),
  }
}

function countedLedger(ledger: Storage['ledger'], counting: Counting): Storage['ledger'] {
  /** Who has lost the lease has ended nothing. */
  const noted = (outcome: Parameters<Counting['delivered']>[0], isDone: boolean): boolean => {
    if (isDone) counting.delivered(outcome)
    return isDone
  }
  return {
    ...ledger,
    markSent: async (claim, now, uncertain) =>
      noted(uncertain === undefined ? 'sent' : 'uncertain', await ledger.markSent(claim, now, uncertain)),
    markSkipped: async (...skip) => noted('skipped', await ledger.markSkipped(...skip)),
    markFailed: async (...failure) => noted('failed', await ledger.markFailed(...failure)),
    postpone: async (...until) => noted('postponed', await ledger.postpone(...until)),
  }
}
