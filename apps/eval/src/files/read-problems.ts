import { type Problem, parseProblems, parseSplits, selectProblems } from "@llava/eval"
import { readText } from "./read-text.ts"

/** ScienceQA's problems of a split, and whether an id belongs to any split. */
export async function readProblems(options: {
  problems: string
  splits: string
  split: string
}): Promise<{ problems: Map<string, Problem>; known: (id: string) => boolean }> {
  const all = parseProblems(await readText(options.problems), options.problems)
  const splits = parseSplits(await readText(options.splits), options.splits)
  const problems = selectProblems(all, splits, options.split, options)
  const ids = new Set([...all.keys(), ...Object.values(splits).flat()])
  return { problems, known: (id) => ids.has(id) }
}
