import type { Confusion } from "@llava/eval"
import { type Html, html } from "./html.ts"

/** Which letters were given for which, topic by topic. */
export function confusionSection(confusions: readonly Confusion[]): Html {
  return html`<section>
<h2>Confusion by topic</h2>
<div class="topics">
${confusions.map(confusionTable)}
</div>
</section>`
}

function confusionTable({ topic, total, correct, chance, letters, given }: Confusion): Html {
  const most = Math.max(1, ...given.flat())
  const percent = (part: number) => `${((part / total) * 100).toFixed(1)} %`
  const cell = (count: number, row: number, column: number) => {
    const kind = row === column ? "right" : "wrong"
    return html`<td class="${kind}" style="--part: ${(count / most).toFixed(2)}">${count}</td>`
  }
  return html`<figure>
<figcaption><b>${topic}</b>: ${correct} of ${total} right (${percent(correct)}; chance ${percent(chance)})</figcaption>
<table>
<thead><tr><th>right \ given</th>${[...letters, "none"].map((letter) => html`<th>${letter}</th>`)}</tr></thead>
<tbody>
${given.map((counts, row) => html`<tr><th>${letters[row] ?? ""}</th>${counts.map((count, column) => cell(count, row, column))}</tr>`)}
</tbody>
</table>
</figure>`
}
