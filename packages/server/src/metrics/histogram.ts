import type { Labels, Metric } from "./metric.ts"
import { sampleLine } from "./sample-line.ts"

interface Observed {
  labels: Labels
  /** Of each bucket alone; the last is beyond all bounds. */
  counts: number[]
  sum: number
}

/** How many observations fell below each bound, for each set of labels. */
export class Histogram implements Metric {
  readonly name: string
  readonly help: string
  readonly type = "histogram"
  readonly #bounds: readonly number[]
  readonly #values = new Map<string, Observed>()

  /** `bounds` ascend; a value equal to one counts as below it. */
  constructor(name: string, help: string, bounds: readonly number[]) {
    this.name = name
    this.help = help
    this.#bounds = bounds
  }

  observe(labels: Labels, value: number): void {
    const key = JSON.stringify(labels)
    const observed = this.#values.get(key) ?? { labels, counts: [...this.#bounds, 0].fill(0), sum: 0 }
    this.#values.set(key, observed)
    const bucket = this.#bounds.findIndex((bound) => value <= bound)
    observed.counts[bucket === -1 ? this.#bounds.length : bucket]! += 1
    observed.sum += value
  }

  *samples(): Generator<string> {
    for (const { labels, counts, sum } of this.#values.values()) {
      let total = 0
      for (const [index, count] of counts.entries()) {
        total += count
        yield sampleLine(`${this.name}_bucket`, { ...labels, le: String(this.#bounds[index] ?? "+Inf") }, total)
      }
      yield sampleLine(`${this.name}_sum`, labels, sum)
      yield sampleLine(`${this.name}_count`, labels, total)
    }
  }
}
