/** `depesche rehearse`: the whole bot without an account. With a page by default; `--once` writes a transcript and ends. */
import { messageOf, UserError } from '../errors.ts'
import { startPage } from './page-server.ts'
import { runOnce } from './run-once.ts'
import { openStage, type StageOptions } from './stage.ts'

export interface RehearseOptions extends StageOptions {
  readonly once: boolean
  readonly port: number
  readonly write: (line: string) => void
  /** Fulfilled when the person has had enough. */
  readonly stopped: Promise<void>
}

/** Resolves with the exit code. */
export async function rehearse(options: RehearseOptions): Promise<number> {
  const { write } = options
  const stage = await openStage(options)
  try {
    if (options.once) return await once(stage, write)
    const page = await startPage({
      standIn: stage.standIn,
      port: options.port,
      me: { userId: stage.memberId, guildId: stage.guildId },
      clock: { now: stage.clock.now, nextSlot: stage.nextSlot, moveBy: stage.moveBy },
      log: write,
    }).catch((error: unknown) => {
      throw new UserError(
        'rehearsal-port',
        `The rehearsal page cannot use port ${options.port} (${messageOf(error)}). Set REHEARSAL_PORT to a free one.`,
      )
    })
    try {
      write(`The rehearsal is open: ${page.url}`)
      write('The first digest is coming; press Ctrl+C to end.')
      await Promise.race([stage.nextSlot(), options.stopped])
      await options.stopped
      return 0
    } finally {
      await page.close()
    }
  } finally {
    await stage.close()
  }
}

async function once(stage: Parameters<typeof runOnce>[0], write: (line: string) => void): Promise<number> {
  try {
    await runOnce(stage, write)
    return 0
  } catch (error) {
    write('')
    write(`The rehearsal failed: ${messageOf(error)}`)
    return 1
  }
}
