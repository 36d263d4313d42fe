import type { AblationRecord, AblationRun } from "./ablation-record.ts"
import { ablationVariants } from "./ablation-variants.ts"
import { compareRuns } from "./compare-runs.ts"
import { dialogueParts } from "./dialogue-parts.ts"
import { markdownTable } from "./markdown-table.ts"
import { percents } from "./percents.ts"
import { shareRight } from "./share-right.ts"
import { type Spread, spread } from "./spread.ts"

const baseline = ablationVariants[0]!.name

/** All variants that were made, as a table of Markdown: shares of right answers, and the loss, over the seeds. */
export function ablationTable({ runs }: Pick<AblationRecord, "runs">): string {
  const made = ablationVariants.filter(({ name }) => runs.some(({ variant }) => variant === name))
  const parts = Object.entries(dialogueParts)
  const head = ["", ...parts.map(([name]) => name), "all", "against the baseline", "loss", "against the baseline"]
  const rows = made.map(({ name, change }) => {
    const own = runs.filter(({ variant }) => variant === name)
    const isComparable = change.first === undefined
    const against = (figure: (run: AblationRun) => number) =>
      name === baseline ? undefined : compareRuns(runs, { variant: name, baseline }, figure)
    return [
      name,
      ...parts.map(([, kinds]) => percents(spread(own.map((run) => shareRight(run, Object.keys(kinds)))))),
      `**${percents(spread(own.map((run) => shareRight(run))))}**`,
      difference(against(shareRight), 100, 1),
      plain(spread(own.map(({ loss }) => loss))),
      isComparable
        ? difference(
            against(({ loss }) => loss),
            1,
            3,
          )
        : "of other answers",
    ]
  })
  return markdownTable([head, ...rows])
}

const plain = ({ count, mean, deviation }: Spread) =>
  `${mean.toFixed(3)}${count > 1 ? ` ± ${deviation.toFixed(3)}` : ""}`

function difference(value: Spread | undefined, unit: number, digits: number): string {
  if (!value) return ""
  const signed = (each: number) => `${each < 0 ? "−" : "+"}${Math.abs(unit * each).toFixed(digits)}`
  const [low, high] = value.interval ?? []
  return signed(value.mean) + (low !== undefined && high !== undefined ? ` (${signed(low)} to ${signed(high)})` : "")
}
