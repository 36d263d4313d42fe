import type { AblationRecord } from "./ablation-record.ts"
import { ablationVariants } from "./ablation-variants.ts"
import { markdownTable } from "./markdown-table.ts"
import { percents } from "./percents.ts"
import { shareRight } from "./share-right.ts"
import { spread } from "./spread.ts"

/** Right answers of all variants by the kind of question, and what always giving the commonest answer would score. */
export function kindsTable({ runs }: Pick<AblationRecord, "runs">): string {
  const { kinds } = runs[0]!
  return markdownTable([
    ["", ...kinds.map(({ kind }) => kind)],
    ["*commonest answer*", ...kinds.map(({ commonest }) => percents(spread([commonest])))],
    ...ablationVariants.flatMap(({ name }) => {
      const own = runs.filter(({ variant }) => variant === name)
      if (own.length === 0) return []
      return [[name, ...kinds.map(({ kind }) => percents(spread(own.map((run) => shareRight(run, [kind])))))]]
    }),
  ])
}
