import { EvaluationError, type PopeAnnotation, parsePopeAnnotations } from "@llava/eval"
import { readText } from "./read-text.ts"

/** A split's annotations from an argument such as `random=coco_pope_random.json`. */
export async function readPopeSplit(
  argument: string,
): Promise<{ split: string; file: string; annotations: PopeAnnotation[] }> {
  const [split = "", file] = argument.split(/=(.*)/s)
  if (file === undefined || file === "") {
    throw new EvaluationError("Of which split these annotations are is not said.", {
      code: "command-line",
      file: argument,
      fix: "Write --annotations random=FILE popular=FILE.",
    })
  }
  return { split, file, annotations: parsePopeAnnotations(await readText(file), file) }
}
