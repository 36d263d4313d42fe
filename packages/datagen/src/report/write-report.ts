import { readFile, stat } from "node:fs/promises"
import { basename, join, resolve } from "node:path"
import { DatasetError, trainingSampleSchema } from "@llava/core"
import { z } from "zod"
import type { ImageContext } from "../contexts/image-context.ts"
import { readContexts } from "../contexts/read-contexts.ts"
import { DatagenError } from "../datagen-error.ts"
import { readJsonItems } from "../files/read-json-items.ts"
import { TextFileWriter } from "../files/text-file-writer.ts"
import type { Manifest } from "../output/manifest.ts"
import { seededRandom } from "../random/seeded-random.ts"
import { DataSummary } from "./data-summary.ts"
import { reportPage } from "./report-page.ts"
import { sampleCard } from "./sample-card.ts"

export interface ReportOptions {
  /** A folder that `generateData` wrote, or any LLaVA data file. */
  path: string
  /** Default: `report.html` in the folder, or beside the file. */
  output?: string
  /** Where the images are; default: as the run was told. Without it names stand in place of images. */
  images?: string
  /** Descriptions whose boxes are drawn; default: those of the run, where they still are. */
  contexts?: string
  instances?: string
  /** How many samples are shown, and the seed by which they are drawn. Default 24 and 0. */
  samples?: number
  seed?: number
}

/**
 * Writes a page about a data file: counts, lengths, the root verb-noun pairs of questions, and random samples with image,
 * boxes and text. The page needs no other file. Returns its path.
 *
 * @throws DatagenError `no-data`; DatasetError for a sample that is none, with its line; errors of `readContexts`.
 */
export async function writeReport(options: ReportOptions): Promise<string> {
  const { path, samples = 24, seed = 0 } = options
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() ?? false
  const manifest = isFolder ? await readManifest(join(path, "manifest.json")) : undefined
  const files = manifest ? manifest.files.map(({ name }) => join(path, name)) : [path]
  const summary = new DataSummary(samples, seededRandom(seed))
  for (const file of files) {
    for await (const { text, line } of readJsonItems(file)) summary.add(parse(text, file, line))
  }
  const contexts = await describe(options, manifest, new Set(summary.kept.flatMap(({ image }) => image ?? [])))
  const images = options.images ?? manifest?.inputs.images
  const cards: string[] = []
  for (const sample of summary.kept) {
    cards.push(await sampleCard(sample, contexts.get([sample.image ?? []].flat()[0] ?? ""), images))
  }
  const output = options.output ?? (isFolder ? join(path, "report.html") : `${path}.report.html`)
  const writer = new TextFileWriter(output)
  writer.write(reportPage({ title: basename(resolve(path)), summary, cards, ...(manifest && { manifest }) }))
  writer.finish()
  return output
}

/** The descriptions of some images, by image. */
async function describe(
  { contexts: given, instances }: ReportOptions,
  manifest: Manifest | undefined,
  images: ReadonlySet<string>,
): Promise<Map<string, ImageContext>> {
  const [path, boxes] = given === undefined ? (manifest?.inputs.contexts ?? []) : [given, instances]
  if (path === undefined) return new Map()
  // A run's data may be looked at where its sources are no more.
  if (given === undefined && !(await stat(path).catch(() => undefined))) return new Map()
  const { contexts } = await readContexts({ path, ...(boxes !== undefined && { instances: boxes }) })
  return new Map(contexts.filter(({ image }) => images.has(image)).map((context) => [context.image, context]))
}

const manifestSchema = z.looseObject({
  inputs: z.looseObject({ contexts: z.array(z.string()), images: z.string().optional() }),
  counts: z.looseObject({ kinds: z.record(z.string(), z.looseObject({})) }),
  files: z.array(z.looseObject({ name: z.string() })),
})

async function readManifest(file: string): Promise<Manifest> {
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"))
    manifestSchema.parse(value)
    return value as Manifest
  } catch (cause) {
    throw new DatagenError(`${file} is not there, or no manifest of a run.`, {
      code: "no-data",
      fix: "Give a folder that `generate` wrote, or a data file.",
      cause,
    })
  }
}

function parse(text: string, file: string, line: number) {
  try {
    return trainingSampleSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new DatasetError("This is no LLaVA sample.", {
      code: "sample-invalid",
      file,
      line,
      fix: "`check` says what is wrong with each.",
      cause,
    })
  }
}
