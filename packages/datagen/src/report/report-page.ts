import type { Manifest } from "../output/manifest.ts"
import type { DataSummary } from "./data-summary.ts"
import { escapeHtml } from "./escape-html.ts"
import type { Histogram } from "./histogram.ts"

export interface ReportPage {
  title: string
  summary: DataSummary
  /** Samples as HTML, from `sampleCard`. */
  cards: readonly string[]
  /** Of the run that made the data. */
  manifest?: Manifest
}

const style = `
:root { color-scheme: light dark; --line: #8886; --bar: #3b82c4 }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 1100px; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse } td, th { padding: .15rem .8rem .15rem 0; text-align: left; border-bottom: 1px solid var(--line) }
td.number { text-align: right; font-variant-numeric: tabular-nums }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(320px, 1fr)); gap: 1rem 2.5rem }
.bar { display: grid; grid-template-columns: 7rem 1fr 4rem; gap: .5rem; align-items: center; font-size: 13px }
.bar div { background: var(--bar); height: .8rem; min-width: 1px } .bar span:last-child { text-align: right }
article { border: 1px solid var(--line); border-radius: 8px; padding: 1rem; overflow-wrap: anywhere }
h3 { margin: 0 0 .5rem; font-size: 14px } figure { position: relative; margin: 0 0 .8rem; display: inline-block; max-width: 100% }
figure img { display: block; max-width: 100% } figure i { position: absolute; box-sizing: border-box; border: 2px solid hsl(var(--hue) 90% 50%) }
figure em { position: absolute; left: 0; top: 0; font: 11px system-ui; background: hsl(var(--hue) 90% 88%); color: #000; padding: 0 3px; white-space: nowrap }
.absent { display: grid; place-items: center; width: 320px; height: 240px; background: #8882 }
.human b { color: #b45309 } .gpt b { color: #15803d } p { margin: .3rem 0 } details { font-size: 13px }
`

/** The report as one HTML page that needs no other file and no network. */
export function reportPage({ title, summary, cards, manifest }: ReportPage): string {
  const { samples, images, questions, questionWords, answerWords, rootPairs } = summary
  const pairs = [...rootPairs].sort(([one, count], [other, more]) => more - count || (one < other ? -1 : 1))
  const facts = [
    ["samples", samples],
    ["images", images.size],
    ["questions", questionWords.total],
    ["different verb-noun pairs", pairs.length],
  ] as const
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><style>${style}</style></head><body>
<h1>${escapeHtml(title)}</h1>
${table(facts)}
${manifest ? runSection(manifest) : ""}
<h2>Lengths</h2><div class="columns">
${distribution("questions per sample", questions)}
${distribution("words of a question", questionWords)}
${distribution("words of an answer", answerWords)}
</div>
<h2>Root verb and noun of the questions</h2>
<p>The most frequent ${Math.min(40, pairs.length)} of ${pairs.length}; found by tagging, not by parsing.</p>
<div class="columns">${halves(pairs.slice(0, 40))
    .map((half) => `<div>${bars(half)}</div>`)
    .join("")}</div>
<h2>${cards.length} samples, drawn at random</h2><div class="columns">
${cards.join("\n")}
</div></body></html>
`
}

function runSection({ complete, counts, usage, contexts, run }: Manifest): string {
  const kinds = Object.entries(counts.kinds).map(
    ([name, { planned, samples, rejected, questions }]) => [name, planned, samples, rejected, questions] as const,
  )
  const rules = (title: string, found: Readonly<Record<string, number>>) => {
    const sorted = Object.entries(found).sort(([, one], [, other]) => other - one)
    return sorted.length === 0 ? "" : `<div><h3>${title}</h3>${bars(sorted)}</div>`
  }
  const leftOut = Object.entries(contexts).filter(([, count]) => count > 0)
  return `<h2>The run${complete ? "" : " (stopped early)"}</h2>
<p>Teacher: ${escapeHtml(JSON.stringify(run["teacher"]))}. ${counts.replies} replies, ${counts.repliesTaken} taken;
${usage.promptTokens.toLocaleString("en")} prompt tokens, ${usage.completionTokens.toLocaleString("en")} reply tokens;
${counts.duplicateQuestions} repeated questions removed.</p>
${table(kinds, ["kind", "planned", "made", "given up", "questions"])}
<div class="columns">
${rules("Replies rejected, by rule", counts.rejectedReplies)}
${rules("Samples given up, by rule", counts.rejectedSamples)}
${rules("Samples flagged, by rule", counts.flagged)}
<div><h3>Descriptions</h3>${table(leftOut)}</div>
</div>`
}

function table(rows: readonly (readonly (string | number)[])[], head?: readonly string[]): string {
  const cell = (value: string | number) =>
    typeof value === "number"
      ? `<td class="number">${value.toLocaleString("en")}</td>`
      : `<td>${escapeHtml(value)}</td>`
  const first = head ? `<tr>${head.map((name) => `<th>${name}</th>`).join("")}</tr>` : ""
  return `<table>${first}${rows.map((row) => `<tr>${row.map(cell).join("")}</tr>`).join("")}</table>`
}

function distribution(title: string, histogram: Histogram): string {
  const bins = histogram
    .bins(20)
    .map(({ from, to, count }) => [from === to ? `${from}` : `${from} to ${to}`, count] as const)
  const { mean } = histogram
  const text = `mean ${mean.toFixed(1)}, half up to ${histogram.quantile(0.5)}, nine tenths up to ${histogram.quantile(0.9)}`
  return `<div><h3>${title}</h3><p>${text}</p>${bars(bins)}</div>`
}

function bars(rows: readonly (readonly [string, number])[]): string {
  const most = Math.max(1, ...rows.map(([, count]) => count))
  return rows
    .map(([name, count]) => {
      const width = ((count / most) * 100).toFixed(1)
      return `<div class="bar"><span>${escapeHtml(name)}</span><div style="width:${width}%"></div><span>${count.toLocaleString("en")}</span></div>`
    })
    .join("")
}

function halves<Item>(items: readonly Item[]): Item[][] {
  const middle = Math.ceil(items.length / 2)
  return [items.slice(0, middle), items.slice(middle)]
}
