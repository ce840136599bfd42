/** A schema of its own on the PostgreSQL of `TEST_DATABASE_URL`, for as long as something is measured there. */
import pg from 'pg'

/** Empty where there is none. */
export const server = process.env.TEST_DATABASE_URL ?? ''

export async function inSchema<Result>(
  name: string,
  work: (url: string) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  const schema = `${name}_${process.pid}`
  await client.query(`create schema ${schema}`)
  const url = new URL(server)
  url.searchParams.set('options', `-c search_path=${schema}`)
  // By it connections to it are told from those of others.
  url.searchParams.set('application_name', schema)
  try {
    return await work(url.href.replaceAll('+', '%20'))
  } finally {
    await client.query(`drop schema ${schema} cascade`)
    await client.end()
  }
}
