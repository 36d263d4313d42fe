import { readFileSync } from "node:fs"
import { join } from "node:path"
import { parseAnswers } from "../answers/parse-answers.ts"
import { parseProblems } from "../scienceqa/parse-problems.ts"
import { parseSplits } from "../scienceqa/parse-splits.ts"
import { selectProblems } from "../scienceqa/select-problems.ts"

/** The test split of a folder with `problems_test.json` or `problems.json`, and a reader of its answer files. */
export function scienceQAFiles(folder: string, problemsName: string) {
  const read = (name: string) => readFileSync(join(folder, name), "utf8")
  const all = parseProblems(read(problemsName), problemsName)
  const splits = parseSplits(read("pid_splits.json"), "pid_splits.json")
  const problems = selectProblems(all, splits, "test", { problems: problemsName, splits: "pid_splits.json" })
  return { problems, answers: (name: string) => parseAnswers(read(name), name) }
}
