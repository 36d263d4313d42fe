import type { Labels, Metric } from "./metric.ts"
import { sampleLine } from "./sample-line.ts"

/** A number for each set of labels that only grows. */
export class Counter implements Metric {
  readonly name: string
  readonly help: string
  readonly type = "counter"
  readonly #values = new Map<string, { labels: Labels; value: number }>()

  constructor(name: string, help: string) {
    this.name = name
    this.help = help
  }

  add(labels: Labels, amount = 1): void {
    const key = JSON.stringify(labels)
    const known = this.#values.get(key)
    if (known) known.value += amount
    else this.#values.set(key, { labels, value: amount })
  }

  *samples(): Generator<string> {
    for (const { labels, value } of this.#values.values()) yield sampleLine(this.name, labels, value)
  }
}
