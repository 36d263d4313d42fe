import { readdir, readFile } from "node:fs/promises"
import { extname, join } from "node:path"
import { DatasetError } from "@llava/core"
import { z } from "zod"
import { DatagenError } from "../datagen-error.ts"
import { cleanContext } from "./clean-context.ts"
import type { ContextCounts } from "./context-counts.ts"
import { type ImageContext, imageContextSchema } from "./image-context.ts"

const imageTypes = new Set([".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".avif"])
const sidecarSchema = imageContextSchema.pick({ captions: true, instances: true }).extend({
  captions: z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat()),
})

/**
 * Descriptions of the images in a folder and the folders in it: beside `photo.jpg`, either `photo.txt` with a caption
 * per line, or `photo.json` with `{ captions, instances? }`. The id is the path without its ending. Images without a
 * sidecar are counted, not read.
 *
 * @throws DatagenError `folder-unreadable`; DatasetError for a bad sidecar, with its name.
 */
export async function* readImageFolder(folder: string, counts: ContextCounts): AsyncGenerator<ImageContext> {
  const names = new Set(await list(folder))
  for (const name of [...names].sort()) {
    const type = extname(name)
    if (!imageTypes.has(type.toLowerCase())) continue
    const stem = name.slice(0, -type.length)
    if (names.has(`${stem}.json`)) yield* described(await readSidecar(join(folder, `${stem}.json`)))
    else if (names.has(`${stem}.txt`)) {
      const captions = decode(await readFile(join(folder, `${stem}.txt`)), `${stem}.txt`).split("\n")
      yield* described({ captions: captions.filter((line) => line.trim() !== "") })
    } else counts.imagesWithoutCaption++

    function* described(sidecar: z.infer<typeof sidecarSchema>): Generator<ImageContext> {
      const { captions, instances } = sidecar
      const context = cleanContext({ id: stem, image: name, captions, ...(instances && { instances }) }, counts)
      if (context) yield context
    }
  }
}

async function list(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true })
    return entries.map((name) => name.replaceAll("\\", "/"))
  } catch (cause) {
    throw new DatagenError(`${folder} cannot be read.`, { code: "folder-unreadable", fix: "Check the path.", cause })
  }
}

async function readSidecar(file: string): Promise<z.infer<typeof sidecarSchema>> {
  const fix = "A sidecar is { captions: [...], instances?: [{ category, bbox: [x1, y1, x2, y2] }] }."
  let value: unknown
  try {
    value = JSON.parse(decode(await readFile(file), file))
  } catch (cause) {
    if (cause instanceof DatasetError) throw cause
    throw new DatasetError("The file is not JSON.", { code: "file-invalid", file, fix, cause })
  }
  const result = sidecarSchema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new DatasetError(`${issue?.path.map(String).join(".")}: ${issue?.message}.`, {
    code: "file-invalid",
    file,
    fix,
  })
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new DatasetError("The bytes are not UTF-8.", {
      code: "encoding-invalid",
      file,
      fix: "Convert the file to UTF-8.",
      cause,
    })
  }
}
