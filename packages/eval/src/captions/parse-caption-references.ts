import { z } from "zod"
import { EvaluationError } from "../evaluation-error.ts"
import { checkEntry } from "../files/check-entry.ts"
import { idSchema } from "../files/id-schema.ts"
import { isRecord } from "../files/is-record.ts"
import { type JsonEntry, jsonEntries } from "../files/json-entries.ts"
import { parseJsonFile } from "../files/json-file.ts"

const captionsSchema = z.union([z.string().transform((text) => [text]), z.array(z.string()).min(1)])
const annotationSchema = z.looseObject({ image_id: idSchema, caption: captionsSchema })

/**
 * The reference captions of each image: COCO's annotation file, a list or lines of `{ image_id, caption }`, or
 * `{ id: [captions] }`.
 *
 * @param file named in errors
 * @throws EvaluationError `record-invalid`
 */
export function parseCaptionReferences(text: string, file: string): Map<string, readonly string[]> {
  const json = parseJsonFile(text, file)
  const top = json.kind === "value" ? json.value : undefined
  const references = new Map<string, string[]>()
  const add = (id: string, captions: readonly string[]) => {
    const list = references.get(id)
    if (list === undefined) references.set(id, [...captions])
    else list.push(...captions)
  }
  const annotated = isRecord(top) && Array.isArray(top["annotations"])
  if (annotated || Array.isArray(top) || json.kind === "lines") {
    for (const entry of jsonEntries(json, annotated ? ["annotations"] : [])) {
      const { image_id, caption } = checkEntry(rename(entry), annotationSchema, { what: "A reference", file })
      add(image_id, caption)
    }
  } else {
    for (const entry of jsonEntries(json)) {
      const id = (entry.key as string).trim()
      add(id, checkEntry(entry, captionsSchema, { what: `The references of ${id}`, file }))
    }
  }
  if (references.size === 0) {
    throw new EvaluationError("There are no reference captions in the file.", {
      code: "file-empty",
      file,
      fix: "It is COCO's annotation file or { id: [captions] }.",
    })
  }
  return references
}

/** Other files say `captions`, and `id` for the image. */
function rename(entry: JsonEntry): JsonEntry {
  if (!isRecord(entry.value)) return entry
  const { image_id, id, caption, captions } = entry.value
  return { ...entry, value: { image_id: image_id ?? id, caption: caption ?? captions } }
}
