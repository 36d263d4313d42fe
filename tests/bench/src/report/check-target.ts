import { contestants } from "../contestants/contestant-names.ts"
import type { Amount, Target } from "../plan/benchmark.ts"
import type { Row, TargetResult } from "./report.ts"

/** Whether the first row, @llava's, is as good as wanted; not met where that could not be measured. */
export function checkTarget(target: Target, rows: readonly Row[], unit: Amount["unit"]): TargetResult {
  switch (target.kind) {
    case "ratio": {
      const ratios = rows.filter((row) => target.over.includes(row.contestant)).flatMap(({ ratio }) => ratio ?? [])
      const text = `at least ${target.atLeast} times as fast as ${contestants[target.over[0]!].title}`
      // The fastest of them is the one to beat.
      return result(text, ratios.length > 0 ? Math.min(...ratios) : undefined, (ratio) => ratio >= target.atLeast)
    }
    case "rate":
      return result(`at least ${target.atLeast} ${unit}`, rows[0]?.rate, (rate) => rate >= target.atLeast)
    case "fact":
      return result(
        `at most ${target.atMost} ${target.fact}`,
        rows[0]?.facts[target.fact],
        (fact) => fact <= target.atMost,
      )
    case "fact-at-least":
      return result(
        `at least ${target.atLeast} ${target.fact}`,
        rows[0]?.facts[target.fact],
        (fact) => fact >= target.atLeast,
      )
    case "share": {
      const own = rows[0]?.facts[target.fact]
      const others = rows
        .filter((row) => target.of.includes(row.contestant))
        .flatMap(({ facts }) => facts[target.fact] ?? [])
      const names = target.of.map((name) => contestants[name].title).join(" and ")
      const share = own === undefined || others.length === 0 ? undefined : own / Math.min(...others)
      return result(
        `at most ${target.atMost} of the ${target.fact} of ${names}`,
        share,
        (part) => part <= target.atMost,
      )
    }
  }
}

function result(text: string, value: number | undefined, meets: (value: number) => boolean): TargetResult {
  return value === undefined ? { text, met: false } : { text, value, met: meets(value) }
}
