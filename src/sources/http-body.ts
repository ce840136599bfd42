/**
 * The body of a response, taken out of its encodings (RFC 9110 §8.4). The limit holds for what came over the wire and,
 * separately, for every stage of unpacking, so that a small body cannot grow without bound.
 */
import { promisify } from 'node:util'
import { brotliDecompress, constants, gunzip, inflate, inflateRaw, zstdDecompress } from 'node:zlib'

export type Body =
  | { readonly kind: 'read'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large' | 'encoding' | 'corrupt' }

const MAX_ENCODINGS = 3
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br, zstd'

type Unpack = (bytes: Buffer, maxBytes: number) => Promise<Buffer>

/** Servers that forget the end of a gzip stream are read as browsers read them. */
const lenient = (maxOutputLength: number) => ({ maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH })
const ungzip: Unpack = (bytes, max) => promisify(gunzip)(bytes, lenient(max))

const UNPACK: ReadonlyMap<string, Unpack> = new Map([
  ['gzip', ungzip],
  ['x-gzip', ungzip],
  ['br', (bytes, max) => promisify(brotliDecompress)(bytes, { maxOutputLength: max })],
  ['zstd', (bytes, max) => promisify(zstdDecompress)(bytes, { maxOutputLength: max })],
  // `deflate` is a zlib stream, but some servers send the bare one.
  [
    'deflate',
    (bytes, max) => promisify(((bytes[0] ?? 0) & 0x0f) === 8 ? inflate : inflateRaw)(bytes, lenient(max)),
  ],
])

/** Reads a body to its end, or to the limit. Rejects only where the connection does. */
export async function readBody(
  chunks: AsyncIterable<Uint8Array>,
  contentEncoding: string,
  maxBytes: number,
): Promise<Body> {
  const encodings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')
  const stages = encodings.flatMap((name) => UNPACK.get(name) ?? [])
  if (stages.length < encodings.length || stages.length > MAX_ENCODINGS) return { kind: 'encoding' }
  const packed = await collect(chunks, maxBytes)
  return packed === undefined ? { kind: 'too-large' } : unpack(packed, stages.toReversed(), maxBytes)
}

async function collect(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer | undefined> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.byteLength
    if (size > maxBytes) return undefined
    parts.push(chunk)
  }
  return Buffer.concat(parts)
}

async function unpack(packed: Buffer, stages: readonly Unpack[], maxBytes: number): Promise<Body> {
  let bytes = packed
  for (const stage of stages) {
    if (bytes.length === 0) break
    try {
      bytes = await stage(bytes, maxBytes)
    } catch (error) {
      const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
      return { kind: isTooLarge ? 'too-large' : 'corrupt' }
    }
  }
  return { kind: 'read', bytes }
}
