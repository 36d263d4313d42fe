import { createHash } from "node:crypto"
import { stat } from "node:fs/promises"
import { join } from "node:path"
import { type TrainingSample, trainingSampleSchema } from "@llava/core"
import { type JsonItem, readJsonItems } from "../files/read-json-items.ts"
import { checkSample } from "./check-sample.ts"
import type { DataProblem } from "./data-problem.ts"

export interface CheckDataOptions {
  /** Where the samples' images lie; without it images are not looked for. */
  images?: string
  signal?: AbortSignal
}

/**
 * What is wrong with a LLaVA data file (a JSON array or one sample per line), as a stream in the order of the file:
 * format, roles, placeholders, images that are not there, repeated samples. The file may be of any length: of each sample
 * only a hash is kept. Returns the number of samples.
 *
 * Errors: those of `readText`.
 */
export async function* checkData(
  file: string,
  { images, signal }: CheckDataOptions = {},
): AsyncGenerator<DataProblem, number> {
  const lineOfContent = new Map<string, number>()
  const lineOfId = new Map<string, number>()
  const isPresent = new Map<string, boolean>()
  let samples = 0
  for await (const item of readJsonItems(file, signal)) {
    const found: DataProblem[] = []
    const report = (severity: DataProblem["severity"], rule: string, message: string) =>
      found.push({ line: item.line, severity, rule, message })
    const sample = parse(item, report)
    if (sample) {
      samples++
      checkSample(sample, report)
      checkRepetition(sample, item.line, report)
      if (images !== undefined) await checkImages(sample, images, report)
    }
    yield* found
  }
  if (samples === 0) yield { line: 1, severity: "error", rule: "no-samples", message: "the file has no valid sample" }
  return samples

  function checkRepetition(sample: TrainingSample, line: number, report: Report): void {
    const content = digest(JSON.stringify([sample.image ?? null, sample.conversations]))
    const same = lineOfContent.get(content)
    if (same !== undefined) {
      report("error", "sample-repeated", `the sample is that of line ${same} again`)
      return
    }
    lineOfContent.set(content, line)
    const id = digest(String(sample.id))
    const before = lineOfId.get(id)
    if (before === undefined) lineOfId.set(id, line)
    else report("warning", "id-repeated", `the id ${JSON.stringify(sample.id)} is that of line ${before} too`)
  }

  async function checkImages(sample: TrainingSample, folder: string, report: Report): Promise<void> {
    for (const image of [sample.image ?? []].flat()) {
      let present = isPresent.get(image)
      if (present === undefined) {
        present = (await stat(join(folder, image)).catch(() => undefined))?.isFile() ?? false
        isPresent.set(image, present)
      }
      if (!present) report("error", "image-missing", `${image} is not in ${folder}`)
    }
  }
}

type Report = (severity: DataProblem["severity"], rule: string, message: string) => void

function parse({ text }: JsonItem, report: Report): TrainingSample | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    if (text === "") report("error", "array-not-closed", "the file ends inside its array: it may be cut off")
    else report("error", "not-json", `not JSON: ${(cause as Error).message}`)
    return undefined
  }
  const result = trainingSampleSchema.safeParse(value)
  if (result.success) return result.data
  for (const issue of result.error.issues) {
    report("error", "schema", `${issue.path.map(String).join(".") || "the sample"}: ${issue.message}`)
  }
  return undefined
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 22)
}
