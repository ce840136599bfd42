/**
 * PostgreSQL: a pool of connections for Kysely, and what becomes of a query whose connection is lost. The only home of the driver.
 *
 * A connection that is lost ends nothing but what ran on it. What only reads, and what had not begun, is asked again on another one; a
 * write goes up as an `OutsideError` that says that trying again can help: nobody knows whether it was done.
 */
import {
  type CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type Driver,
  type Kysely,
  PostgresAdapter,
  PostgresQueryCompiler,
  sql,
} from 'kysely'
import pg from 'pg'
import { messageOf, OutsideError, UserError } from '../errors.ts'

const mostConnections = 10
const connectWithinMs = 10_000
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
    createIntrospector,
  }
}

/**
 * Which schemas and which tables of ours there are, as the migrator asks. Kysely's own looks at every column of every schema, and fails
 * where one that is not ours goes meanwhile.
 */
function createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
  return {
    getSchemas: async () =>
      (await sql<{ name: string }>`select nspname as name from pg_namespace`.execute(db)).rows,
    getTables: async () => {
      const { rows } = await sql<{ schema: string; name: string }>`
        select schemaname as schema, tablename as name from pg_tables where schemaname = current_schema()`.execute(
        db,
      )
      return rows.map((table) => ({ ...table, isView: false, isForeign: false, columns: [] }))
    },
  }
}

function openPool(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    ...connecting,
    max: mostConnections,
    statement_timeout: statementWithinMs,
    idle_in_transaction_session_timeout: statementWithinMs,
    types: {
      getTypeParser: (id, format) => (numberTypes.has(id) ? Number : pg.types.getTypeParser(id, format)),
    },
  })
  // Whoever uses a lost connection hears of it; while nobody does, it is replaced and nothing is lost.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

interface Connection extends DatabaseConnection {
  readonly begin: (statement: string) => Promise<void>
  readonly end: (statement: 'commit' | 'rollback') => Promise<void>
  readonly release: () => void
}

function createDriver(pool: pg.Pool): Driver {
  const connections = new WeakMap<DatabaseConnection, Connection>()
  const ours = (connection: DatabaseConnection): Connection => {
    const found = connections.get(connection)
    if (found === undefined) throw new Error('a connection of another driver')
    return found
  }
  return {
    init: async () => undefined,
    acquireConnection: async () => {
      const connection = createConnection(pool, await connect(pool))
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

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    throw lossOf(error)
  }
}

function createConnection(pool: pg.Pool, first: pg.PoolClient): Connection {
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
    client = await connect(pool)
    isLost = false
  }
  /** For what has not begun, or changes nothing. Connections are lost together: each of those in the pool may be gone as well. */
  const runAgain: typeof run = async (text, values) => {
    for (let left = mostConnections; ; left -= 1) {
      try {
        return await run(text, values)
      } catch (error) {
        if (!isLost || isInTransaction || left === 0) throw error
        await renewed()
      }
    }
  }
  return {
    begin: async (statement) => {
      await runAgain(statement, [])
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
      const { command, rowCount, rows } = await (onlyReads(sql) ? runAgain : run)(sql, parameters)
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

/** Class 08 is the connection's; 57P01 to 57P03 are said by a server that stops or starts; 25006 by one that is a standby now. */
function isLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (lossCodes.has(code) || /^(?:08...|57P0[123]|25006|53300)$/.test(code)) return true
  return /^(?:Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|The client is closed|Client is closed|Query read timeout)/.test(
    error.message,
  )
}

function lossOf(error: unknown): unknown {
  return isLoss(error)
    ? new OutsideError(`The connection to the database was lost (${messageOf(error)}).`, {
        retry: true,
        cause: error,
      })
    : error
}
