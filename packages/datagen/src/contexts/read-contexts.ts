import { createHash } from "node:crypto"
import { stat } from "node:fs/promises"
import { DatagenError } from "../datagen-error.ts"
import { hashFile } from "../files/hash-file.ts"
import { readText } from "../files/read-text.ts"
import { type ContextCounts, newContextCounts } from "./context-counts.ts"
import type { ImageContext } from "./image-context.ts"
import { readCoco } from "./read-coco.ts"
import { readContextLines } from "./read-context-lines.ts"
import { readImageFolder } from "./read-image-folder.ts"

export interface ContextSource {
  /** A JSONL or JSON file of descriptions, COCO's `captions_*.json`, or a folder of images with sidecar captions. */
  path: string
  /** COCO's `instances_*.json`, where `path` is its captions file. */
  instances?: string
}

export interface Contexts {
  contexts: ImageContext[]
  counts: ContextCounts
  /** Hash of each file read, by its path; of a folder, the hash of all descriptions. */
  hashes: Record<string, string>
}

/**
 * Reads descriptions of images, whichever of the three forms they have. Two descriptions with one id are an error.
 *
 * @throws DatagenError `source-unreadable`, `instances-unused`, `id-repeated`, `no-contexts`; errors of the reader for the form.
 */
export async function readContexts({ path, instances }: ContextSource): Promise<Contexts> {
  const counts = newContextCounts()
  const form = await formOf(path)
  if (instances !== undefined && form !== "coco") {
    throw new DatagenError(`${path} is no COCO captions file, so ${instances} has nothing to be joined with.`, {
      code: "instances-unused",
      fix: "Leave the instances away, or give captions_*.json.",
    })
  }
  const contexts: ImageContext[] = []
  const stream =
    form === "coco"
      ? readCoco({ captions: path, ...(instances !== undefined && { instances }) }, counts)
      : form === "folder"
        ? readImageFolder(path, counts)
        : readContextLines(path, counts)
  const imageOfId = new Map<string, string>()
  for await (const context of stream) {
    const other = imageOfId.get(context.id)
    if (other !== undefined) {
      throw new DatagenError(`${other} and ${context.image} of ${path} have one id, ${JSON.stringify(context.id)}.`, {
        code: "id-repeated",
        fix: "Ids are the images' names without ending: rename one of the two.",
      })
    }
    imageOfId.set(context.id, context.image)
    contexts.push(context)
  }
  if (contexts.length === 0) {
    throw new DatagenError(`${path} describes no image (images without a caption: ${counts.imagesWithoutCaption}).`, {
      code: "no-contexts",
      fix: "Every image needs at least one caption.",
    })
  }
  return { contexts, counts, hashes: await hashesOf(form, contexts, path, instances) }
}

async function formOf(path: string): Promise<"coco" | "folder" | "lines"> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new DatagenError(`${path}: there is no such file or folder.`, {
      code: "source-unreadable",
      fix: "Check the path of the contexts.",
      cause,
    })
  })
  if (found.isDirectory()) return "folder"
  for await (const piece of readText(path)) {
    // A line of ours names its captions at once; COCO's one object begins with info, images or annotations.
    const first = piece.trimStart()
    const isCoco = /^\{\s*"(info|images|licenses|annotations|type|categories)"\s*:\s*[[{"]/.test(first)
    return isCoco ? "coco" : "lines"
  }
  return "lines"
}

async function hashesOf(form: string, contexts: readonly ImageContext[], path: string, instances?: string) {
  if (form !== "folder") {
    const files = instances === undefined ? [path] : [path, instances]
    return Object.fromEntries(await Promise.all(files.map(async (file) => [file, await hashFile(file)] as const)))
  }
  const hash = createHash("sha256")
  for (const context of contexts) hash.update(`${JSON.stringify(context)}\n`)
  return { [path]: hash.digest("hex") }
}
