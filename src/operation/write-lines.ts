/** Lines to a file, which is there whole or not at all, or to standard output; and files as they come. */
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { UserError } from '../errors.ts'

/** Errors: `UserError` where the file is there already. */
export async function writeLines(
  lines: Iterable<string> | AsyncIterable<string>,
  file: string | undefined,
): Promise<void> {
  if (file === undefined) return pipeline(Readable.from(lines), process.stdout, { end: false })
  if (existsSync(file))
    throw new UserError('file-exists', `${file} is there already. Name another file, or remove that one.`)
  await pipeline(Readable.from(lines), createWriteStream(`${file}.part`, { flush: true }))
  await rename(`${file}.part`, file)
}

/** Errors: `UserError` where there is no such file. */
export async function* readChunks(file: string): AsyncGenerator<Uint8Array> {
  if (!existsSync(file)) throw new UserError('file-missing', `There is no file ${file}.`)
  for await (const chunk of createReadStream(file)) yield Buffer.from(chunk)
}
