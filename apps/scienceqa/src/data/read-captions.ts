import { describeIssue } from "@llava/core"
import { EvaluationError, type Problem } from "@llava/eval"
import { readText } from "@llava/eval-app"
import { z } from "zod"

const captionsSchema = z.union([
  z.object({ captions: z.record(z.string(), z.string()) }).transform(({ captions }) => captions),
  z.record(z.string(), z.string()),
])

/** The problems with the captions of a file: ScienceQA's `{ captions: { id: text } }`, or `{ id: text }`. */
export async function readCaptions(
  file: string,
  problems: ReadonlyMap<string, Problem>,
): Promise<Map<string, Problem>> {
  const captions = parseCaptions(await readText(file), file)
  return new Map([...problems].map(([id, problem]) => [id, { ...problem, caption: captions[id] ?? problem.caption }]))
}

function parseCaptions(text: string, file: string): Record<string, string> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    const what = `It is not JSON: ${(cause as Error).message}.`
    throw new EvaluationError(what, { code: "file-invalid", file, fix: "It may be cut off; fetch it again.", cause })
  }
  const captions = captionsSchema.safeParse(value)
  if (captions.success) return captions.data
  throw new EvaluationError(`It holds no captions by id: ${describeIssue(captions.error).what}.`, {
    code: "record-invalid",
    file,
    fix: 'It looks like { "captions": { "1": "A map." } }.',
  })
}
