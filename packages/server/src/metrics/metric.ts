/** Labels and their values, such as `{ model: "m" }`. */
export type Labels = Readonly<Record<string, string>>

/** One metric in Prometheus's text format. */
export interface Metric {
  readonly name: string
  readonly help: string
  readonly type: "counter" | "gauge" | "histogram"
  /** `name{labels} value`, without line breaks. */
  samples(): Iterable<string>
}
