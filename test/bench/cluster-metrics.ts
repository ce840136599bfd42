/**
 * How a clustering is measured against labels.
 *
 * Pairwise: of the pairs put together, how many belong together (precision); of those that belong together, how many
 * were put together (recall). Large stories weigh quadratically.
 *
 * BCubed (A. Bagga, B. Baldwin, "Entity-Based Cross-Document Coreferencing Using the Vector Space Model", 1998): for
 * each item the share of its cluster that has its label (precision) and the share of its label that is in its cluster
 * (recall), averaged over items. F1 is the harmonic mean of the two averages.
 */

export interface ClusterScore {
  /** All 0 to 1. */
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/** How many items each (cluster, label) pair has. */
interface Table {
  readonly items: number
  readonly clusters: ReadonlyMap<string, number>
  readonly labels: ReadonlyMap<string, number>
  readonly cells: readonly { readonly cluster: string; readonly label: string; readonly size: number }[]
}

/** `clusters[i]` and `labels[i]` are those of item i. Where there is no pair to find or none found, that share is 1. */
export function pairwiseScore(clusters: readonly string[], labels: readonly string[]): ClusterScore {
  const table = tabulate(clusters, labels)
  const pairs = (sizes: Iterable<number>): number =>
    [...sizes].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0)
  const both = pairs(table.cells.map(({ size }) => size))
  const together = pairs(table.clusters.values())
  const belonging = pairs(table.labels.values())
  return score(together === 0 ? 1 : both / together, belonging === 0 ? 1 : both / belonging)
}

/** BCubed over all items; 1 for no items. */
export function bcubedScore(clusters: readonly string[], labels: readonly string[]): ClusterScore {
  const table = tabulate(clusters, labels)
  if (table.items === 0) return score(1, 1)
  let precision = 0
  let recall = 0
  for (const { cluster, label, size } of table.cells) {
    precision += size ** 2 / (table.clusters.get(cluster) ?? 1)
    recall += size ** 2 / (table.labels.get(label) ?? 1)
  }
  return score(precision / table.items, recall / table.items)
}

function tabulate(clusters: readonly string[], labels: readonly string[]): Table {
  if (clusters.length !== labels.length) throw new Error('as many clusters as labels are needed')
  const cells = new Map<string, { cluster: string; label: string; size: number }>()
  for (const [at, cluster] of clusters.entries()) {
    const label = labels[at] ?? ''
    const key = JSON.stringify([cluster, label])
    const cell = cells.get(key)
    if (cell === undefined) cells.set(key, { cluster, label, size: 1 })
    else cell.size++
  }
  return {
    items: clusters.length,
    clusters: count(clusters),
    labels: count(labels),
    cells: [...cells.values()],
  }
}

function count(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

function score(precision: number, recall: number): ClusterScore {
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
  return { precision, recall, f1 }
}
