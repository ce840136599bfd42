/**
 * PostgreSQL: a pool of connections for Kysely, and what becomes of a query whose connection is lost. The only home of the driver.
 *
 * A connection that is lost ends nothing but what ran on it. What only reads, what had not begun, and what the server says it has not done is
 * asked again, on another connection where there must be one; a write goes up as an `OutsideError` that says that trying again can help:
 * nobody knows whether it was done. Transactions are begun again in `repeat.ts`.
 */
import { setTimeout as pause } from 'node:timers/promises'

import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'
import pg from 'pg'
import { messageOf, OutsideError, UserError } from '../errors.ts'

/** Unless the address says otherwise: `?connection_limit=5`. */
const usualConnections = 10
/** On a connection that was lost, a statement is tried on others, all of which may be lost too. */
const mostTries = 100
/** A transaction may need a second one beside it. */
const leastConnections = 2
const connectWithinMs = 10_000
/** A server that is started anew, or gives its place to another one, is back within this, or is given up for now. */
export const backWithinMs = 5000
const pauseMs = 100
/** No statement of ours takes so long, but for migrations. */
const statementWithinMs = 60_000
/** `int8` and `numeric`: instants, counts and sums, which all fit into a number. */
const numberTypes: ReadonlySet<number> = new Set([20, 1700])

export function isPostgres(url: string): boolean {
  return /^postgres(?:ql)?:\/\//.test(url)
}

/** What names the address. */
export type Setting = 'DATABASE_URL' | '--to'

/** Where a database is, without the password: `host:port/name`. Errors: `UserError` where the address cannot be read. */
export function placeOf(url: string, setting: Setting = 'DATABASE_URL'): string {
  const address = URL.parse(url)
  if (address === null || address.pathname.length < 2) {
    throw new UserError(
      'database-url',
      `${setting} cannot be read. It must look like postgres://user:password@host:5432/name, with special characters of the password written as %XX.`,
    )
  }
  return `${address.host === '' ? 'localhost' : address.host}${address.pathname}`
}

/** A client of its own, for what must keep its connection. It is not connected yet. */
export function createClient(url: string): pg.Client {
  return new pg.Client({ connectionString: url, ...connecting })
}

const connecting = {
  application_name: 'depesche',
  connectionTimeoutMillis: connectWithinMs,
  keepAlive: true,
} as const

export function postgresDialect(url: string): Dialect {
  placeOf(url)
  return {
    createDriver: () => createDriver(openPool(url)),
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  }
}

function openPool(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    ...connecting,
    max: connectionsOf(url),
    statement_timeout: statementWithinMs,
    idle_in_transaction_session_timeout: statementWithinMs,
    // What our statements might cost is told too high, and to compile one takes longer than most of them run.
    onConnect: async (client) => {
      await client.query('set jit = off')
    },
    types: {
      getTypeParser: (id, format) => (numberTypes.has(id) ? Number : pg.types.getTypeParser(id, format)),
    },
  })
  // Whoever uses a lost connection hears of it; while nobody does, it is replaced and nothing is lost.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

function connectionsOf(url: string): number {
  const limit = Number(URL.parse(url)?.searchParams.get('connection_limit') ?? usualConnections)
  return Number.isInteger(limit) && limit >= leastConnections ? limit : usualConnections
}

interface Connection extends DatabaseConnection {
  readonly begin: (statement: string) => Promise<void>
  readonly end: (statement: 'commit' | 'rollback') => Promise<void>
  readonly release: () => void
}

function createDriver(pool: pg.Pool): Driver {
  const connect = connecter(pool)
  const connections = new WeakMap<DatabaseConnection, Connection>()
  const ours = (connection: DatabaseConnection): Connection => {
    const found = connections.get(connection)
    if (found === undefined) throw new Error('a connection of another driver')
    return found
  }
  return {
    init: async () => undefined,
    acquireConnection: async () => {
      const connection = createConnection(connect, await connect())
      connections.set(connection, connection)
      return connection
    },
    beginTransaction: (connection, { isolationLevel, accessMode }) =>
      ours(connection).begin(
        ['begin', isolationLevel && `isolation level ${isolationLevel}`, accessMode]
          .filter(Boolean)
          .join(' '),
      ),
    commitTransaction: (connection) => ours(connection).end('commit'),
    rollbackTransaction: (connection) => ours(connection).end('rollback'),
    releaseConnection: async (connection) => ours(connection).release(),
    destroy: () => pool.end(),
  }
}

type Connect = () => Promise<pg.PoolClient>

/** Waits a while for a server that says it will be back, or that was there before. */
function connecter(pool: pg.Pool): Connect {
  let wasThere = false
  return async () => {
    const until = performance.now() + backWithinMs
    for (;;) {
      try {
        const client = await pool.connect()
        wasThere = true
        return client
      } catch (error) {
        const mayBeBack = comesBack.has(codeOf(error)) || (wasThere && isLoss(error))
        if (!mayBeBack || performance.now() > until) throw lossOf(error)
        await pause(pauseMs)
      }
    }
  }
}

function createConnection(connect: Connect, first: pg.PoolClient): Connection {
  /** Undefined where it was given back and none could be had in its place. */
  let client: pg.PoolClient | undefined = first
  let isLost = false
  let isInTransaction = false

  const run = async (text: string, values: readonly unknown[]): Promise<pg.QueryResult> => {
    if (client === undefined)
      throw new OutsideError('There is no connection to the database.', { retry: true })
    try {
      return await client.query(text, values.map(storable))
    } catch (error) {
      if (!isLoss(error)) throw error
      isLost = true
      throw lossOf(error)
    }
  }
  const renewed = async (): Promise<void> => {
    client?.release(true)
    client = undefined
    client = await connect()
    isLost = false
  }
  /** For what has not begun, or changes nothing. Connections are lost together: each of those in the pool may be gone as well. */
  const runAgain = async (
    text: string,
    values: readonly unknown[],
    changesNothing: boolean,
  ): Promise<pg.QueryResult> => {
    const until = performance.now() + backWithinMs
    for (let left = mostTries; ; left -= 1) {
      try {
        return await run(text, values)
      } catch (error) {
        const isToCome = isNotDone(error) && !leavesRests(text) && performance.now() < until
        if (isInTransaction || !(isToCome || (isLost && changesNothing && left > 0))) throw error
        if (isToCome) await pause(pauseMs)
        if (isLost) await renewed()
      }
    }
  }
  return {
    begin: async (statement) => {
      await runAgain(statement, [], true)
      isInTransaction = true
    },
    end: async (statement) => {
      // With the connection the server has rolled back.
      if (isLost && statement === 'rollback') return
      const { command } = await run(statement, [])
      isInTransaction = false
      if (statement === 'commit' && command === 'ROLLBACK')
        throw new OutsideError('The database rolled back a transaction.', { retry: true })
    },
    release: () => client?.release(isLost || isInTransaction),
    executeQuery: async ({ sql, parameters }: CompiledQuery) => {
      const { command, rowCount, rows } = await runAgain(sql, parameters, onlyReads(sql))
      return command === 'SELECT' || rowCount === null
        ? { rows }
        : { rows, numAffectedRows: BigInt(rowCount) }
    },
    streamQuery: () => {
      throw new Error('nothing is streamed')
    },
  }
}

function onlyReads(text: string): boolean {
  return /^\s*select\b/i.test(text) && !/\bfor (?:no key )?update\b|\bpg_\w*lock\w*\(|\bnextval\(/i.test(text)
}

/** Ended, it has left an index that is no good: whoever asked must remove that first. */
function leavesRests(text: string): boolean {
  return /^\s*create\s+(?:unique\s+)?index\s+concurrently\b/i.test(text)
}

/** PostgreSQL holds every character but one, which no reader has ever seen. */
function storable(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '') : value
}

const lossCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])

/** Said by a server that starts, or that has as many connections as it takes. */
const comesBack: ReadonlySet<string> = new Set(['57P03', '53300'])
/** By these the server has ended a transaction for the sake of others: nothing of it was done, and the next time it may be. */
const endedCodes: ReadonlySet<string> = new Set(['40001', '40P01', '55P03'])
/** This server only reads, as a standby does: what was to be written belongs to another one, or comes too early. */
const readOnly = '25006'

/** Class 08 is the connection's; 57P01 to 57P03 are said by a server that stops or starts. */
function isLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = codeOf(error)
  if (lossCodes.has(code) || comesBack.has(code) || code === readOnly || /^(?:08...|57P0[12])$/.test(code))
    return true
  return /^(?:Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|The client is closed|Client is closed|Query read timeout)/.test(
    error.message,
  )
}

/** A deadlock, two that changed the same, or a lock that could not be had in time. */
export function isEnded(error: unknown): boolean {
  return endedCodes.has(codeOf(error)) || isCatalogueChanged(error)
}

/** Two that changed the same table or index itself; the server has no code for it, and says it in English always. */
function isCatalogueChanged(error: unknown): boolean {
  return (
    codeOf(error) === 'XX000' &&
    error instanceof Error &&
    /^tuple concurrently (?:updated|deleted)$/.test(error.message)
  )
}

/** A connection was lost, or led to a server that only reads. */
export function isLostConnection(error: unknown): boolean {
  return error instanceof OutsideError && isLoss(error.cause)
}

function isNotDone(error: unknown): boolean {
  return isEnded(error) || (error instanceof OutsideError && codeOf(error.cause) === readOnly)
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

function lossOf(error: unknown): unknown {
  return isLoss(error)
    ? new OutsideError(`The connection to the database was lost (${messageOf(error)}).`, {
        retry: true,
        cause: error,
      })
    : error
}
