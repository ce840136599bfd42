/** A worker of its own, as another process would be one: tells all news there is, and answers whom it told of how much. */
import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import type { WorkerId } from '../../src/digest/ledger.ts'
import { openStorage } from '../../src/storage/storage.ts'

const { url, name, now } = z.object({ url: z.string(), name: z.string(), now: z.number() }).parse(workerData)
const owner = name as WorkerId
const { follows, close } = await openStorage(url)
const told: string[] = []
for (;;) {
  const claimed = await follows.moved({ owner, now, leaseMs: 60_000, limit: 2 })
  if (claimed.length === 0) break
  for (const each of claimed) {
    told.push(...each.news.map((articleId) => `${each.userId} ${articleId}`))
    await follows.told(each, each.news, now)
  }
}
await close()
parentPort?.postMessage(told)
