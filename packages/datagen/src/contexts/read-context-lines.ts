import { DatasetError } from "@llava/core"
import { readJsonItems } from "../files/read-json-items.ts"
import { cleanContext } from "./clean-context.ts"
import type { ContextCounts } from "./context-counts.ts"
import { type ImageContext, imageContextSchema } from "./image-context.ts"

/**
 * Descriptions from a file of `{ id, image, captions, instances? }`, one per line or as a JSON array.
 *
 * @throws DatasetError `line-invalid` with file and line; `id-repeated` where two lines have one id.
 */
export async function* readContextLines(file: string, counts: ContextCounts): AsyncGenerator<ImageContext> {
  const lineOfId = new Map<string, number>()
  for await (const { text, line } of readJsonItems(file)) {
    const context = parse(text, file, line)
    const before = lineOfId.get(context.id)
    if (before !== undefined) {
      throw new DatasetError(`The id ${JSON.stringify(context.id)} is that of line ${before} too.`, {
        code: "id-repeated",
        file,
        line,
        fix: "Give every image one line and an id of its own.",
      })
    }
    lineOfId.set(context.id, line)
    const cleaned = cleanContext(context, counts)
    if (cleaned) yield cleaned
  }
}

function parse(text: string, file: string, line: number): ImageContext {
  const fix = "Each line must be { id, image, captions: [...], instances?: [{ category, bbox: [x1, y1, x2, y2] }] }."
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new DatasetError("The line is not JSON.", { code: "line-invalid", file, line, fix, cause })
  }
  const result = imageContextSchema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const what = `${issue?.path.map(String).join(".") || "the line"}: ${issue?.message}`
  throw new DatasetError(`${what}.`, { code: "line-invalid", file, line, fix })
}
