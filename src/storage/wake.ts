/** Calls between processes: by `listen` and `notify` on PostgreSQL, within the process on SQLite. */
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Wake } from '../digest/wake.ts'
import type { Database } from './database.ts'
import { engineOf } from './engine.ts'
import { createClient } from './postgres.ts'

/** After a connection was lost. */
const reconnectMs = 1000

export function createWake(db: Database, url: string): Wake {
  return engineOf(db).name === 'sqlite' ? createLocalWake() : createServerWake(db, url)
}

function createLocalWake(): Wake {
  const listeners = new Set<() => void>()
  return {
    call: async () => {
      for (const listener of listeners) listener()
    },
    hear: (listener) => {
      listeners.add(listener)
      return async () => void listeners.delete(listener)
    },
  }
}

/** By the schema, so that several installations in one database do not wake each other. */
const channel = sql`'depesche ' || current_schema()`

function createServerWake(db: Database, url: string): Wake {
  return {
    call: async () => {
      await sql`select pg_notify(${channel}, '')`.execute(db)
    },
    hear: (listener) => {
      const stopping = new AbortController()
      const hearing = hearUntil(url, listener, stopping.signal)
      return async () => {
        stopping.abort()
        await hearing
      }
    },
  }
}

async function hearUntil(url: string, listener: () => void, signal: AbortSignal): Promise<void> {
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    await listen(url, listener, signal, !isFirst).catch(() => undefined)
    await pause(reconnectMs, undefined, { signal }).catch(() => undefined)
  }
}

/** Until the connection is lost, or the signal ends it. */
async function listen(
  url: string,
  listener: () => void,
  signal: AbortSignal,
  mayHaveMissed: boolean,
): Promise<void> {
  const client = createClient(url)
  const ended = new Promise<void>((resolve) => {
    client.on('error', () => resolve())
    client.on('end', () => resolve())
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
  client.on('notification', listener)
  try {
    await client.connect()
    const { rows } = await client.query("select quote_ident('depesche ' || current_schema()) as channel")
    await client.query(`listen ${rows[0]?.channel}`)
    if (mayHaveMissed) listener()
    await ended
  } finally {
    await client.end().catch(() => undefined)
  }
}
