import type { NanoEvaluation } from "../evaluation/evaluate-nano.ts"
import type { Proportion } from "../evaluation/proportion.ts"

const percent = (share: number) => `${(100 * share).toFixed(1)} %`

/** Share, interval and count. */
function cells({ share, low, high, right, total }: Proportion): string {
  return `<td><b>${percent(share)}</b></td><td>${percent(low)} to ${percent(high)}</td><td>${right} of ${total}</td>`
}

/** All figures of an evaluation as tables of HTML. */
export function evaluationTables({
  kinds,
  all,
  unseen,
  captions,
  adversarial,
  patches,
  domain,
}: NanoEvaluation): string {
  const byKind = kinds.map(
    ({ kind, right, exact, commonest }) =>
      `<tr><td>${kind}</td>${cells(right)}<td>${percent(exact)}</td><td>${percent(commonest)}</td></tr>`,
  )
  const others: [string, Proportion][] = [
    ["all questions", all],
    ["unseen combinations of thing and setting", unseen],
    ["yes/no, adversarial", adversarial],
    ["things named that are there", captions.precision],
    ["things there that are named", captions.recall],
    ...(patches
      ? ([
          ["zero-shot, one thing", patches.zeroShot],
          ["linear probe of patches", patches.probe],
          [`picture to text, among ${patches.retrieval.batchSize}`, patches.retrieval.toText],
          [`text to picture, among ${patches.retrieval.batchSize}`, patches.retrieval.toPicture],
        ] as [string, Proportion][])
      : []),
    ...(domain
      ? ([
          ["test scenes taken for something else", domain.falseAlarms],
          ["unseen combinations taken for something else", domain.unseenFalseAlarms],
        ] as [string, Proportion][])
      : []),
    ...(domain?.photographs
      ? ([
          ["photographs that are found strange", domain.photographs.recall],
          ["photographs among what is found strange", domain.photographs.precision],
        ] as [string, Proportion][])
      : []),
  ]
  const rows = others.map(([name, figures]) => `<tr><td>${name}</td>${cells(figures)}</tr>`)
  return `<h2>Held-out questions</h2>
<table><tr><th>Kind</th><th>Right</th><th>95 % interval</th><th>Count</th><th>Word for word</th><th>Commonest answer</th></tr>
${byKind.join("\n")}</table>
<table><tr><th>Measure</th><th>Share</th><th>95 % interval</th><th>Count</th></tr>
${rows.join("\n")}</table>`
}
