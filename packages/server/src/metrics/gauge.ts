import type { Labels, Metric } from "./metric.ts"
import { sampleLine } from "./sample-line.ts"

/** What is so at the moment, read when it is asked for. */
export class Gauge implements Metric {
  readonly name: string
  readonly help: string
  readonly type = "gauge"
  readonly #read: () => Iterable<[labels: Labels, value: number]>

  constructor(name: string, help: string, read: () => Iterable<[labels: Labels, value: number]>) {
    this.name = name
    this.help = help
    this.#read = read
  }

  *samples(): Generator<string> {
    for (const [labels, value] of this.#read()) yield sampleLine(this.name, labels, value)
  }
}
