/** One task at a time for each host; the others wait their turn in the order in which they came. */
export interface HostQueue {
  /** Runs the task when the host is free; resolves or rejects as the task does. */
  readonly run: <T>(host: string, task: () => Promise<T>) => Promise<T>
}

export function createHostQueue(): HostQueue {
  const last = new Map<string, Promise<void>>()
  return {
    run: async (host, task) => {
      const before = last.get(host)
      const { promise: done, resolve: finish } = Promise.withResolvers<void>()
      last.set(host, done)
      try {
        await before
        return await task()
      } finally {
        finish()
        if (last.get(host) === done) last.delete(host)
      }
    },
  }
}
