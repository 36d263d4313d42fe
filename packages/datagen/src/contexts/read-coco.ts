import { DatasetError } from "@llava/core"
import { z } from "zod"
import { readJsonPaths } from "../files/read-json-paths.ts"
import { cleanContext } from "./clean-context.ts"
import type { ContextCounts } from "./context-counts.ts"
import type { ImageContext, Instance } from "./image-context.ts"

const id = z.union([z.number(), z.string()])
const imageSchema = z.object({
  id,
  file_name: z.string().min(1),
  width: z.number().positive(),
  height: z.number().positive(),
})
const captionSchema = z.object({ image_id: id, caption: z.string() })
const instanceSchema = z.object({
  image_id: id,
  category_id: id,
  bbox: z.array(z.number()),
  iscrowd: z.union([z.number(), z.boolean()]).optional(),
})
const categorySchema = z.object({ id, name: z.string().min(1) })

export interface CocoFiles {
  /** `captions_*.json` */
  captions: string
  /** `instances_*.json`; without it the descriptions have no boxes. */
  instances?: string
}

interface Entry {
  image: z.infer<typeof imageSchema>
  captions: string[]
  boxes: { category: string | number; corners: number[] }[]
}

/**
 * Descriptions from COCO's annotation files, in the order of the captions file's images. Both are read as streams; what
 * is kept is captions and boxes, not outlines. COCO's boxes `[x, y, width, height]` in pixels become fractions; ids of
 * the two files that do not match are counted.
 *
 * @throws DatasetError with the file and the record that does not fit; `files-do-not-match` where no box has an image.
 */
export async function* readCoco(files: CocoFiles, counts: ContextCounts): AsyncGenerator<ImageContext> {
  const entries = await readCaptions(files.captions, counts)
  const categories = files.instances === undefined ? undefined : await readBoxes(files.instances, entries, counts)
  for (const { image, captions, boxes } of entries.values()) {
    const instances = categories && boxes.flatMap((box) => toInstance(box, image, categories, counts))
    const name = /^(.*)\.[^.]+$/.exec(image.file_name)?.[1] ?? image.file_name
    const context = cleanContext(
      { id: name, image: image.file_name, captions, ...(instances && { instances }) },
      counts,
    )
    if (context) yield context
  }
}

async function readCaptions(file: string, counts: ContextCounts): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  const early: z.infer<typeof captionSchema>[] = []
  for await (const { key, value } of readJsonPaths(file, ["images", "annotations"])) {
    if (key === "images") {
      const image = parse(imageSchema, value, file, "image")
      entries.set(String(image.id), { image, captions: [], boxes: [] })
      continue
    }
    const annotation = parse(captionSchema, value, file, "caption")
    const entry = entries.get(String(annotation.image_id))
    if (entry) entry.captions.push(annotation.caption)
    else early.push(annotation)
  }
  // Where annotations stand before images in the file.
  for (const { image_id, caption } of early) {
    const entry = entries.get(String(image_id))
    if (entry) entry.captions.push(caption)
    else counts.captionsWithoutImage++
  }
  if (entries.size > 0) return entries
  throw new DatasetError("The file lists no images.", {
    code: "file-invalid",
    file,
    fix: "It must be a captions_*.json of COCO.",
  })
}

async function readBoxes(
  file: string,
  entries: Map<string, Entry>,
  counts: ContextCounts,
): Promise<Map<string, string>> {
  const categories = new Map<string, string>()
  let all = 0
  let matched = 0
  for await (const { key, value } of readJsonPaths(file, ["categories", "annotations"])) {
    if (key === "categories") {
      const category = parse(categorySchema, value, file, "category")
      categories.set(String(category.id), category.name)
      continue
    }
    const { image_id, category_id, bbox, iscrowd } = parse(instanceSchema, value, file, "box")
    all++
    const entry = entries.get(String(image_id))
    if (!entry) {
      counts.boxesWithoutImage++
      continue
    }
    matched++
    if (iscrowd) counts.crowdBoxes++
    else entry.boxes.push({ category: category_id, corners: bbox })
  }
  if (all > 0 && matched === 0) {
    throw new DatasetError(`None of its ${all} boxes belongs to an image of the captions file.`, {
      code: "files-do-not-match",
      file,
      fix: "Take captions and instances of the same split, such as train2017.",
    })
  }
  return categories
}

function toInstance(
  { category, corners }: Entry["boxes"][number],
  { width, height }: Entry["image"],
  categories: ReadonlyMap<string, string>,
  counts: ContextCounts,
): Instance[] {
  const name = categories.get(String(category))
  if (name === undefined) {
    counts.boxesWithoutCategory++
    return []
  }
  const [x = Number.NaN, y = Number.NaN, w = Number.NaN, h = Number.NaN] = corners
  return [{ category: name, bbox: [x / width, y / height, (x + w) / width, (y + h) / height] }]
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown, file: string, what: string) {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const record = JSON.stringify(value)?.slice(0, 120)
  throw new DatasetError(
    `A ${what} does not fit (${issue?.path.map(String).join(".")}: ${issue?.message}): ${record}.`,
    {
      code: "file-invalid",
      file,
      fix: "The files must be COCO's captions_*.json and instances_*.json.",
    },
  )
}
