/** Writes the JSON Schema of `digest.yaml` beside the digests; a test says when it is stale. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { definitionJsonSchema } from '../src/digest/definition.ts'

const file = join(import.meta.dirname, '../digests/digest.schema.json')
writeFileSync(file, `${JSON.stringify(definitionJsonSchema(), null, 2)}\n`)
