/**
 * What `exportLines` gave, into PostgreSQL: all of it in one transaction, which ends well only when every line was read, checked and counted.
 * Until then nobody else writes there: a bot that is started too early waits.
 */
import { sql } from 'kysely'
import { UserError } from '../errors.ts'
import { type Database, openEmptyFile, openTarget } from './database.ts'
import { type LineRecord, lineFault, recordsOf, shapesOf } from './import-lines.ts'
import { refuseHalfMoved } from './move-mark.ts'
import { placeOf } from './postgres.ts'
import { recordKinds } from './records.ts'
import { insertRows } from './server-rows.ts'

/** Records that go in by one statement: so many, or fewer where they are long. */
const mostRecords = 500
const mostCharacters = 2_000_000

/** Returns the number of records. Errors: `UserError` that names the line of a fault, or says what is there already. */
export async function importIntoServer(
  databaseUrl: string,
  chunks: AsyncIterable<Uint8Array>,
  told: (records: number) => void,
): Promise<number> {
  const db = await openTarget(databaseUrl, 'DATABASE_URL')
  const file = await openEmptyFile()
  try {
    const place = placeOf(databaseUrl)
    await refuseHalfMoved(db, place)
    const trx = await db.startTransaction().execute()
    try {
      await keepOthersOut(trx)
      await refuseFull(trx, place)
      // What is noted there is about the database from before.
      await trx.deleteFrom('meta').execute()
      let count = 0
      for await (const batch of batchesOf(recordsOf(chunks, shapesOf(file)))) {
        await insertBatch(trx, batch)
        count += batch.length
        told(count)
      }
      await trx.commit().execute()
      return count
    } catch (error) {
      await trx.rollback().execute()
      throw error
    }
  } finally {
    file.close()
    await db.destroy()
  }
}

/** For as long as it takes; the lines may come slowly. */
async function keepOthersOut(trx: Database): Promise<void> {
  await sql`
    select set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true)`.execute(
    trx,
  )
  await sql`lock table ${sql.join(recordKinds.map((kind) => sql.table(kind)))} in exclusive mode`.execute(trx)
}

async function refuseFull(trx: Database, place: string): Promise<void> {
  const full: string[] = []
  for (const kind of recordKinds) {
    const { rows } = await sql`select 1 from ${sql.table(kind)} limit 1`.execute(trx)
    if (rows.length > 0 && kind !== 'meta') full.push(kind)
  }
  if (full.length === 0) return
  throw new UserError(
    'database-full',
    `The database ${place} holds something already (${full.slice(0, 3).join(', ')}). Import into an empty one: give another DATABASE_URL.`,
  )
}

/** Those that follow each other, are of one kind, and have the same columns. */
async function* batchesOf(records: AsyncIterable<LineRecord>): AsyncGenerator<readonly LineRecord[]> {
  let batch: LineRecord[] = []
  let characters = 0
  let likeness = ''
  for await (const record of records) {
    const own = `${record.kind} ${Object.keys(record.row).join()}`
    if (
      batch.length > 0 &&
      (own !== likeness || batch.length >= mostRecords || characters > mostCharacters)
    ) {
      yield batch
      batch = []
      characters = 0
    }
    likeness = own
    batch.push(record)
    for (const cell of Object.values(record.row)) characters += typeof cell === 'string' ? cell.length : 8
  }
  if (batch.length > 0) yield batch
}

async function insertBatch(trx: Database, batch: readonly LineRecord[]): Promise<void> {
  await sql`savepoint batch`.execute(trx)
  try {
    await insertRecords(trx, batch)
  } catch {
    // Which of them it was is found by putting them in one by one.
    await sql`rollback to savepoint batch`.execute(trx)
    for (const record of batch) await insertOne(trx, record)
  }
  await sql`release savepoint batch`.execute(trx)
}

async function insertOne(trx: Database, record: LineRecord): Promise<void> {
  try {
    await insertRecords(trx, [record])
  } catch (error) {
    throw lineFault(record.line, error)
  }
}

async function insertRecords(trx: Database, records: readonly LineRecord[]): Promise<void> {
  const [first] = records
  if (first === undefined) return
  const shape = { kind: first.kind, columns: Object.keys(first.row) }
  await insertRows(
    trx,
    shape,
    records.map(({ row }) => row),
  )
}
