import type { AblationRecord } from "./ablation-record.ts"
import { type AblationVariant, ablationVariants } from "./ablation-variants.ts"
import { compareRuns } from "./compare-runs.ts"
import { type JudgedFinding, judgeFinding } from "./judge-finding.ts"
import { markdownTable } from "./markdown-table.ts"
import { shareRight } from "./share-right.ts"

const baseline = ablationVariants[0]!.name

/** What was found with LLaVA beside what is found here, and a sentence that counts how often these agree. */
export function findingsTable({ runs }: Pick<AblationRecord, "runs">): { table: string; count: string } {
  const judged = ablationVariants
    .filter(({ name, change }) => name !== baseline && change.stage2Length === undefined)
    .map((variant) => ({ variant, judged: judge(runs, variant) }))
  const table = markdownTable([
    ["", "found with LLaVA", "here"],
    ...judged.map(({ variant: { name, published }, judged }) => [
      name,
      published ? `${published.found} (${published.source})` : "not published",
      judged?.sentence ?? "not made yet",
    ]),
  ])
  const times = (verdict: JudgedFinding["verdict"]) => judged.filter((each) => each.judged?.verdict === verdict).length
  const published = judged.filter(({ variant, judged }) => variant.published && judged).length
  const count =
    published === 0
      ? ""
      : `Of ${published} published findings that were tried, the seeds here agree with ${times("agrees")}, do not agree with ` +
        `${times("does not agree")}, and leave ${times("undecided")} undecided.`
  return { table, count }
}

function judge(runs: AblationRecord["runs"], { name, change, published }: AblationVariant): JudgedFinding | undefined {
  const pair = { variant: name, baseline }
  const right = compareRuns(runs, pair, shareRight)
  // The loss on other answers is another loss.
  const loss = change.first === undefined ? compareRuns(runs, pair, (run) => run.loss) : undefined
  return right && judgeFinding({ right, loss }, published)
}
