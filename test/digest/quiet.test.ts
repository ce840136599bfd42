import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quietChoice, quietShape } from '../../src/digest/quiet.ts'

/** What happens with so many stories, from none on. */
const table: readonly (readonly [written: unknown, size: number, choices: string])[] = [
  [undefined, 8, 'nothing post post post post'],
  ['post', 8, 'nothing post post post post'],
  ['skip', 8, 'nothing nothing nothing post post'],
  ['say', 8, 'say say say post post'],
  [{ do: 'skip' }, 8, 'nothing nothing nothing post post'],
  [{ below: 2, do: 'skip' }, 8, 'nothing nothing post post post'],
  [{ below: 1, do: 'say' }, 8, 'say post post post post'],
  [{ below: 0, do: 'say' }, 8, 'say post post post post'],
  [{ below: 0, do: 'skip' }, 8, 'nothing post post post post'],
  [{ below: 4 }, 8, 'nothing post post post post'],
  // A digest that never holds three stories is not quiet for holding all it can.
  ['skip', 2, 'nothing nothing post post post'],
  ['skip', 1, 'nothing post post post post'],
]

for (const [written, size, choices] of table) {
  test(`quiet ${JSON.stringify(written) ?? 'left out'} with size ${size}: ${choices}`, () => {
    const quiet = quietShape.parse(written)
    assert.equal([0, 1, 2, 3, 4].map((stories) => quietChoice({ quiet, size }, stories)).join(' '), choices)
  })
}
