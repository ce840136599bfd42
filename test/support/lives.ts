/** Processes of the bot, one after the other: each is loaded ahead of time, started, and killed. */
import { type ChildProcess, fork } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MessageIn, MessageOut, StartMessage } from './bot-process.ts'

const entry = join(import.meta.dirname, 'bot-process.ts')
const compiled = process.env.NODE_COMPILE_CACHE ?? join(tmpdir(), 'depesche-compile-cache')

export interface Life {
  /** Ends at once, as a power cut does. Safe to call after the end. */
  readonly kill: () => void
  /** Asks it to end, as a service manager does. */
  readonly terminate: () => void
  /** Stands still, as on a machine that is suspended, until it is to go on. */
  readonly halt: () => void
  readonly goOn: () => void
  readonly tell: (message: MessageIn) => void
  readonly onMessage: (listener: (message: MessageOut) => void) => void
  /** Resolves when the process has ended. */
  readonly ended: Promise<void>
}

export interface Lives {
  /** Starts the next process. */
  readonly begin: (start: Omit<StartMessage, 'kind'>) => Promise<Life>
  readonly close: () => Promise<void>
}

/** `ahead`: processes that are loaded while another one runs. `most`: so many are begun at most. */
export function openLives(
  ahead: number,
  nodeArguments: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
  most = Number.POSITIVE_INFINITY,
): Lives {
  let left = most
  const waiting: { readonly child: ChildProcess; readonly loaded: Promise<void> }[] = []
  const add = (): void => {
    if (left === 0) return
    left -= 1
    const child = fork(entry, {
      execArgv: ['--disable-warning=ExperimentalWarning', ...nodeArguments],
      env: { ...process.env, ...env, NODE_COMPILE_CACHE: compiled },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const loaded = new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve())
      child.once('error', reject)
    })
    waiting.push({ child, loaded })
  }
  for (let index = 0; index < Math.max(1, ahead); index += 1) add()
  return {
    begin: async (start) => {
      const next = waiting.shift()
      if (next === undefined) throw new Error('no process is loaded')
      await next.loaded
      add()
      const life = lifeOf(next.child)
      life.tell({ kind: 'start', ...start })
      return life
    },
    close: async () => {
      for (const { child } of waiting.splice(0)) {
        const ended = new Promise((resolve) => child.once('exit', resolve))
        child.kill('SIGKILL')
        await ended
      }
    },
  }
}

function lifeOf(child: ChildProcess): Life {
  return {
    kill: () => void child.kill('SIGKILL'),
    terminate: () => void child.kill('SIGTERM'),
    halt: () => void child.kill('SIGSTOP'),
    goOn: () => void child.kill('SIGCONT'),
    tell: (message) => {
      if (child.connected) child.send(message, () => undefined)
    },
    onMessage: (listener) => void child.on('message', (message: MessageOut) => listener(message)),
    ended: new Promise((resolve) => child.once('exit', () => resolve())),
  }
}

/** The bot in it is connected. */
export function startedOf(life: Life): Promise<void> {
  return new Promise((resolve, reject) => {
    life.onMessage((message) => {
      if (message.kind === 'started') resolve()
      if (message.kind === 'failed') reject(new Error(message.reason))
    })
  })
}
