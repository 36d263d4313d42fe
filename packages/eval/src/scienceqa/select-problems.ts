import { EvaluationError } from "../evaluation-error.ts"
import { listSome } from "../tables/list-some.ts"
import type { Splits } from "./parse-splits.ts"
import type { Problem } from "./problem.ts"

/**
 * The problems of a split, in its order.
 *
 * @param files names of both files, for errors
 * @throws EvaluationError `split-unknown`; `problem-missing` where the split names problems that are not there.
 */
export function selectProblems(
  problems: ReadonlyMap<string, Problem>,
  splits: Splits,
  split: string,
  files: { problems: string; splits: string },
): Map<string, Problem> {
  const ids = splits[split]
  if (ids === undefined) {
    throw new EvaluationError(`There is no split "${split}".`, {
      code: "split-unknown",
      file: files.splits,
      fix: `It has ${Object.keys(splits).join(", ")}.`,
    })
  }
  const absent = ids.filter((id) => !problems.has(id))
  if (absent.length > 0) {
    throw new EvaluationError(
      `${absent.length} of the ${ids.length} problems of split "${split}" are absent: ${listSome(absent)}.`,
      {
        code: "problem-missing",
        file: files.problems,
        fix: "Take the problems file that the split was made for.",
      },
    )
  }
  return new Map(ids.map((id) => [id, problems.get(id)!]))
}
