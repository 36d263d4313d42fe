import { categoryNames, type Interval, type NamedAccuracy, type ScienceQAScore } from "@llava/eval"
import { type Html, html } from "./html.ts"

/** The table, and what was counted apart. */
export function accuracySection(
  score: ScienceQAScore,
  rows: readonly NamedAccuracy[],
  intervals: Record<string, Interval | null>,
): Html {
  const { correct, total, unparsed, outOfRange, missing } = score
  const head = ["", ...categoryNames].map((name) => html`<th>${name}</th>`)
  const row = (name: string, cells: readonly string[]) =>
    html`<tr><th>${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`
  const interval = (name: string) => {
    const found = intervals[name]
    return found ? `${found.low.toFixed(1)}–${found.high.toFixed(1)}` : "-"
  }
  return html`<section>
<p>${correct} of ${total} right; ${unparsed} texts name no choice, ${outOfRange} name one beyond the choices, ${missing} problems have no answer. Answers read as ${score.layout}.</p>
<table>
<thead><tr>${head}</tr></thead>
<tbody>
${row(
  "problems",
  categoryNames.map((name) => String(score.counts[name].total)),
)}
${rows.map(({ name, accuracy }) =>
  row(
    name,
    categoryNames.map((category) => accuracy[category]?.toFixed(2) ?? "-"),
  ),
)}
${row("95 % interval of the first row", categoryNames.map(interval))}
</tbody>
</table>
<p>Published rows are of all 4,241 problems of the test split. Chance is one over the number of choices, problem by problem.</p>
</section>`
}
