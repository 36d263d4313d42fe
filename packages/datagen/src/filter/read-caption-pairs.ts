import { DatasetError } from "@llava/core"
import { z } from "zod"
import { readJsonItems } from "../files/read-json-items.ts"
import { readLines } from "../files/read-lines.ts"
import type { CaptionPair } from "./caption-pair.ts"

const image = z.string().min(1).refine(isNoAddress, "this is an address: download the images, and name the files")
const head = { id: z.union([z.string(), z.number()]).optional(), image }
const itemSchema = z.union([
  z.object({ ...head, caption: z.string() }).transform(({ caption, ...rest }) => ({ ...rest, captions: [caption] })),
  z.object({ ...head, captions: z.array(z.string()) }),
  z
    .object({ ...head, conversations: z.array(z.object({ from: z.string(), value: z.string() })) })
    .transform(({ conversations, ...rest }) => ({
      ...rest,
      captions: conversations.filter(({ from }) => from === "gpt").map(({ value }) => value),
    })),
])

/**
 * Pairs of images and captions as a stream. A `.tsv` file has `caption<TAB>image` on each line; any other is a JSON array
 * or JSON lines of `{ image, caption }` with an optional `id`, of descriptions with several `captions`, or of LLaVA
 * samples, whose answers are captions. Without an id the image's path without its ending is one; of several captions the
 * second one's id ends in `-2`.
 *
 * @throws DatasetError `pair-invalid` with file and line; errors of `readText`.
 */
export function readCaptionPairs(file: string, signal?: AbortSignal): AsyncGenerator<CaptionPair> {
  return /\.tsv$/i.test(file) ? readTable(file, signal) : readItems(file, signal)
}

async function* readTable(file: string, signal?: AbortSignal): AsyncGenerator<CaptionPair> {
  for await (const { text, line } of readLines(file, signal)) {
    if (text.trim() === "") continue
    const [caption, path, ...others] = text.split("\t")
    const parsed = image.safeParse(path?.trim())
    if (others.length > 0 || !parsed.success) {
      throw invalid(file, line, "a line of a .tsv file is a caption, a tab and the path of an image")
    }
    yield { id: idOf(parsed.data), image: parsed.data, caption: caption! }
  }
}

async function* readItems(file: string, signal?: AbortSignal): AsyncGenerator<CaptionPair> {
  for await (const { text, line } of readJsonItems(file, signal)) {
    const parsed = itemSchema.safeParse(parseJson(text))
    if (!parsed.success) {
      throw invalid(file, line, "expected a JSON object with image (the path of a file) and caption or captions")
    }
    const { id = idOf(parsed.data.image), image: path, captions } = parsed.data
    for (const [at, caption] of captions.entries()) {
      yield { id: at === 0 ? String(id) : `${id}-${at + 1}`, image: path, caption }
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function invalid(file: string, line: number, what: string): DatasetError {
  return new DatasetError(`This is no pair: ${what}.`, {
    code: "pair-invalid",
    file,
    line,
    fix: "Correct or remove the line.",
  })
}

function isNoAddress(path: string): boolean {
  return !/^https?:\/\//i.test(path)
}

function idOf(path: string): string {
  return path.replace(/\.[^./]+$/, "")
}
