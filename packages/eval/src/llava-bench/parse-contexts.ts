import { z } from "zod"
import { EvaluationError } from "../evaluation-error.ts"
import { checkEntry } from "../files/check-entry.ts"
import { parseJsonFile } from "../files/json-file.ts"
import { jsonRecords } from "../files/json-records.ts"

/** What a text-only judge knows about an image; boxes are `[x1, y1, x2, y2]` in fractions of width and height. */
export interface ImageDescription {
  captions: readonly string[]
  instances?: readonly { category: string; bbox: readonly [number, number, number, number] }[]
}

const box = z.tuple([z.number(), z.number(), z.number(), z.number()])
const schema = z
  .looseObject({
    image: z.string(),
    caption: z.union([z.string().transform((caption) => [caption]), z.array(z.string())]).optional(),
    captions: z.array(z.string()).optional(),
    instances: z.array(z.looseObject({ category: z.string(), bbox: box })).optional(),
  })
  .refine(({ caption, captions }) => caption !== undefined || captions !== undefined, { error: "there is no caption" })

/**
 * LLaVA-Bench's contexts by image: `{ image, captions, instances }` per line (COCO) or `{ image, caption }` (in the wild).
 *
 * @param file named in errors
 * @throws EvaluationError `record-invalid`, `id-repeated`, `line-invalid`.
 */
export function parseContexts(text: string, file: string): Map<string, ImageDescription> {
  const contexts = new Map<string, ImageDescription>()
  for (const entry of jsonRecords(parseJsonFile(text, file))) {
    const { image, caption, captions, instances } = checkEntry(entry, schema, { what: "A context", file })
    if (contexts.has(image)) {
      throw new EvaluationError(`The image ${image} has two contexts.`, {
        code: "id-repeated",
        file,
        line: entry.line(),
        fix: "Keep one of them.",
      })
    }
    contexts.set(image, { captions: captions ?? caption ?? [], ...(instances !== undefined && { instances }) })
  }
  return contexts
}
