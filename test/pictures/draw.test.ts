import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPool } from '../../src/work/pool.ts'
import { chartOf } from './charts.ts'
import { readPng } from './pixels.ts'

test('worker threads draw charts and cards, and the same data gives the same bytes', async (t) => {
  const pool = openPool()
  t.after(pool.close)
  const chart = chartOf({ stories: [3, 0, 8, 5, 2, 9, 4, 4, 1, 0, 6, 7, 2, 5], locale: 'de' })
  const date = { written: '14. Oktober 2025', digits: '2025-10-14' }
  const edition = {
    kind: 'edition' as const,
    title: 'Am Morgen',
    number: 'Nr. 7',
    date,
    headlines: ['Senat beschließt den Haushalt'],
    brand: 'Depesche',
  }
  const story = {
    kind: 'story' as const,
    headline: 'Senat beschließt den Haushalt',
    outlets: ['Tagblatt'],
    date,
    brand: 'Depesche',
  }
  const pictures = await Promise.all([
    pool.run('drawChart', chart),
    pool.run('drawChart', chart),
    pool.run('drawCard', edition),
    pool.run('drawCard', story),
  ])
  assert.deepEqual(pictures[0], pictures[1])
  const sizes = await Promise.all(pictures.map(async (png) => (await readPng(png)).width))
  assert.deepEqual(sizes, [1120, 1120, 1200, 1200])
})
