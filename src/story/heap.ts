/** A binary heap: the item that sorts first comes out first. Equal items come out in an order of no meaning. */

export interface Heap<T> {
  readonly push: (item: T) => void
  readonly pop: () => T | undefined
}

export function createHeap<T>(compare: (a: T, b: T) => number): Heap<T> {
  const items: T[] = []

  function rise(from: number, item: T): void {
    let at = from
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = items[parent]
      if (above === undefined || compare(above, item) <= 0) break
      items[at] = above
      at = parent
    }
    items[at] = item
  }

  function sink(item: T): void {
    let at = 0
    for (;;) {
      const child = smallerChild(at)
      const below = items[child]
      if (below === undefined || compare(item, below) <= 0) break
      items[at] = below
      at = child
    }
    items[at] = item
  }

  function smallerChild(of: number): number {
    const left = 2 * of + 1
    const first = items[left]
    const second = items[left + 1]
    return first !== undefined && second !== undefined && compare(second, first) < 0 ? left + 1 : left
  }

  return {
    push: (item) => rise(items.length, item),
    pop() {
      const first = items[0]
      const last = items.pop()
      if (items.length > 0 && last !== undefined) sink(last)
      return first
    },
  }
}
