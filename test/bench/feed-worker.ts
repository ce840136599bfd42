/** Reads hostile files with one reader, away from the bench, so that a hang or a crash costs only this thread. */
import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { READERS } from './feed-readings.ts'

const { reader } = z.object({ reader: z.string() }).parse(workerData)
// A first reading loads and warms the reader, so that only reading is timed.
await READERS[reader]?.({
  bytes: Buffer.from('<rss version="2.0"><channel><title>t</title></channel></rss>'),
})

parentPort?.on('message', async (path: unknown) => {
  const bytes = readFileSync(z.string().parse(path))
  const before = process.memoryUsage.rss()
  const start = performance.now()
  await READERS[reader]?.({ bytes })
  parentPort?.postMessage({ ms: performance.now() - start, mb: (process.memoryUsage.rss() - before) / 1e6 })
})
parentPort?.postMessage('ready')
