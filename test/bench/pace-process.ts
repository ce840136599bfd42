/** A sending side alone, as a process of its own: told where, it posts one message to each channel and says when it has. */
import { Routes } from 'discord.js'
import { openLimits } from '../../src/discord/limits.ts'
import { openPostingRest, sendInTurn } from '../../src/discord/requests.ts'
import { createLog } from '../../src/log.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { createRestBudget } from '../../src/storage/rest-budget.ts'

export interface PostMessage {
  readonly api: string
  readonly databaseUrl: string
  readonly channels: readonly string[]
}

const never = new AbortController().signal

async function post({ api, databaseUrl, channels }: PostMessage): Promise<void> {
  const db = await openDatabase(databaseUrl)
  const limits = openLimits({ restBudget: createRestBudget(db), log: createLog({ level: 'warn' }) })
  const rest = openPostingRest('test-token', { apiUrl: api, timeoutMs: 15_000 }, limits)
  const body = { content: 'Council agrees on new bridge' }
  const one = (id: string) => rest.post(Routes.channelMessages(id), { body })
  await Promise.allSettled(channels.map((id) => sendInTurn(limits, never, () => one(id))))
  await limits.pace.close()
  await db.destroy()
}

process.on('message', (message: PostMessage) => {
  void post(message).then(() => process.disconnect())
})
process.send?.('loaded')
