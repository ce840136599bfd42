/** Reading a request's body: JSON, or multipart with `payload_json` and files. Too much is 413, broken JSON 50109. */
import type { IncomingMessage } from 'node:http'
import { limits } from './limits.ts'
import type { UploadedFile } from './messages.ts'
import { invalidForm, refusal } from './refusal.ts'

export interface RequestBody {
  readonly json: unknown
  readonly files: readonly UploadedFile[]
}

/** All bytes; more than Discord takes are read and thrown away, so that the client can hear the answer. */
export async function readBytes(request: IncomingMessage): Promise<Buffer | 'too large'> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
    size += bytes.byteLength
    if (size <= limits.request.bytes) chunks.push(bytes)
  }
  return size > limits.request.bytes ? 'too large' : Buffer.concat(chunks)
}

export async function parseBody(bytes: Buffer | 'too large', contentType: string): Promise<RequestBody> {
  if (bytes === 'too large') throw refusal(40005)
  if (bytes.byteLength === 0) return { json: undefined, files: [] }
  if (!contentType.startsWith('multipart/form-data'))
    return { json: jsonOf(bytes.toString('utf8')), files: [] }
  return await parseMultipart(bytes, contentType)
}

async function parseMultipart(bytes: Buffer, contentType: string): Promise<RequestBody> {
  const form = await formOf(bytes, contentType)
  const files: UploadedFile[] = []
  let json: unknown
  for (const [name, value] of form) {
    if (typeof value === 'string') {
      if (name === 'payload_json') json = jsonOf(value)
      continue
    }
    const content = new Uint8Array(await value.arrayBuffer())
    if (content.byteLength > limits.request.fileBytes) throw refusal(40005)
    const index = /^files\[(\d+)\]$/.exec(name)?.[1] ?? name
    files.push({
      index,
      name: value.name,
      contentType: value.type || 'application/octet-stream',
      bytes: content,
    })
  }
  return { json: json ?? {}, files }
}

async function formOf(bytes: Buffer, contentType: string): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData()
  } catch {
    throw invalidForm([
      { path: [], code: 'BASE_TYPE_INVALID', message: 'The multipart body cannot be read.' },
    ])
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw refusal(50109)
  }
}
