/**
 * A long-lived thread that knows where the articles of the last days belong, so that clustering never holds up an answer.
 * Requests are answered in their order. A thread that throws, runs out of memory or takes too long is ended, and every
 * request that it has not answered fails with the cause; whoever asked opens another and restores it.
 */
import { Worker } from 'node:worker_threads'
import { OutsideError } from '../errors.ts'
import type { StoredArticle, StoredPlacement, StoryAnswer, StoryRequest } from './story-worker.ts'

export interface StoryThread {
  /** Articles as they were placed before, oldest first; to be followed by `settle`. */
  readonly restore: (articles: readonly StoredPlacement[]) => Promise<StoryAnswer>
  /** Ends the restoring; tells what storage has to mend. `taken`: ids of stories that must not come back. */
  readonly settle: (taken: readonly string[]) => Promise<StoryAnswer>
  /** Places articles, and lets go of those seen before `since`. */
  readonly place: (articles: readonly StoredArticle[], since: number) => Promise<StoryAnswer>
  readonly remove: (ids: readonly string[]) => Promise<StoryAnswer>
  /** Ends the thread at once, whatever it is doing. */
  readonly close: () => Promise<void>
}

/** An article takes about 8 kB: room for 60,000, and as much again while they are restored. */
const usualHeapMb = 1024
/** Garbage is collected soon rather than kept. */
const youngHeapMb = 16
const longestMs = 120_000

interface Waiting {
  readonly resolve: (answer: StoryAnswer) => void
  readonly reject: (error: OutsideError) => void
}

export function openStoryThread(heapMb = usualHeapMb): StoryThread {
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const worker = new Worker(new URL(`./story-worker.${ending}`, import.meta.url), {
    name: 'stories',
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: youngHeapMb },
  })
  const waiting: Waiting[] = []
  let ended: OutsideError | undefined
  let timer: NodeJS.Timeout | undefined

  function fail(cause: unknown, message: string): void {
    clearTimeout(timer)
    ended ??= new OutsideError(message, { retry: true, cause })
    for (const { reject } of waiting.splice(0)) reject(ended)
  }

  function watch(): void {
    clearTimeout(timer)
    if (waiting.length === 0) return
    timer = setTimeout(() => {
      fail(undefined, `the story thread took longer than ${longestMs / 1000} seconds`)
      void worker.terminate()
    }, longestMs)
  }

  worker.on('message', (answer: StoryAnswer) => {
    waiting.shift()?.resolve(answer)
    watch()
  })
  worker.on('error', (error) => fail(error, 'the story thread failed'))
  worker.on('exit', () => fail(undefined, 'the story thread has ended'))

  function ask(request: StoryRequest): Promise<StoryAnswer> {
    if (ended !== undefined) return Promise.reject(ended)
    return new Promise((resolve, reject) => {
      worker.postMessage(request)
      waiting.push({ resolve, reject })
      if (waiting.length === 1) watch()
    })
  }

  return {
    restore: (articles) => ask({ kind: 'restore', articles }),
    settle: (taken) => ask({ kind: 'settle', taken }),
    place: (articles, since) => ask({ kind: 'place', articles, since }),
    remove: (ids) => ask({ kind: 'remove', ids }),
    close: async () => {
      await worker.terminate()
    },
  }
}
