import { matchPattern } from "@llava/model"
import type { Parameter } from "@llava/tensor"
import { TrainError } from "../train-error.ts"

/**
 * Makes trainable what the patterns name, and nothing else; each parameter once, under its first path. Errors:
 * "nothing-matches" for a pattern that names no parameter.
 */
export function chooseTrained(
  named: Iterable<readonly [path: string, parameter: Parameter]>,
  patterns: readonly string[],
): [path: string, parameter: Parameter][] {
  const all = [...named]
  for (const pattern of patterns) {
    if (all.some(([path]) => matchPattern(pattern, path))) continue
    throw new TrainError(`The recipe trains ${pattern}, but no parameter of the model is called so.`, {
      code: "nothing-matches",
      fix: `There are, for example: ${examples(all.map(([path]) => path))}.`,
    })
  }
  const seen = new Set<Parameter>()
  const chosen: [string, Parameter][] = []
  for (const [path, parameter] of all) {
    const yes = patterns.some((pattern) => matchPattern(pattern, path))
    if (yes && !seen.has(parameter)) {
      seen.add(parameter)
      chosen.push([path, parameter])
    }
  }
  for (const [, parameter] of all) parameter.trainable = seen.has(parameter)
  return chosen
}

const examples = (paths: readonly string[]) =>
  [...new Set(paths.map((path) => path.split(".").slice(0, 2).join(".")))].slice(0, 6).join(", ")
