import type { Metric } from "./metric.ts"

/** Metrics in Prometheus's text format, version 0.0.4. */
export function expose(metrics: readonly Metric[]): string {
  return metrics
    .flatMap((metric) => [
      `# HELP ${metric.name} ${metric.help}`,
      `# TYPE ${metric.name} ${metric.type}`,
      ...metric.samples(),
    ])
    .map((line) => `${line}\n`)
    .join("")
}
