import { existsSync, mkdirSync } from "node:fs"
import { basename, join } from "node:path"
import { DatagenError } from "../datagen-error.ts"
import { hashFile } from "../files/hash-file.ts"
import { TextFileWriter } from "../files/text-file-writer.ts"
import { SampleWriter, type WrittenFile } from "../output/sample-writer.ts"
import { FolderLock } from "../run/folder-lock.ts"
import type { FilterCounts } from "./filter-counts.ts"
import { type FilterOptions, type FilterSettings, filterOptionsSchema } from "./filter-options.ts"
import { type FilterPairsOptions, filterPairs } from "./filter-pairs.ts"
import { readCaptionPairs } from "./read-caption-pairs.ts"
import { stageOneSample } from "./stage-one-sample.ts"

export interface RunFilterOptions extends Pick<FilterPairsOptions, "onStep" | "onProgress" | "signal"> {
  /** A file that `readCaptionPairs` reads. */
  pairs: string
  /** Gets `data.json` and `manifest.json`; made where it is not there. */
  out: string
  settings?: FilterOptions
}

/** `manifest.json` beside filtered pairs: where they come from, how they were chosen and how many there are. */
export interface FilterManifest {
  source: { file: string; sha256: string }
  settings: FilterSettings
  counts: FilterCounts
  files: WrittenFile[]
}

/**
 * Filters a file of pairs and writes the chosen ones as stage-1 samples, in the order of the file, one sample a line
 * inside the array. Equal input and settings give equal files.
 *
 * @throws DatagenError `output-exists`, `folder-in-use`; errors of `readCaptionPairs` and `filterPairs`. Nothing is left of a failed run.
 */
export async function runFilter({ pairs: file, out, settings, ...options }: RunFilterOptions): Promise<FilterManifest> {
  const data = join(out, "data.json")
  if (existsSync(data)) {
    throw new DatagenError(`There already is ${data}.`, {
      code: "output-exists",
      fix: "Give another folder, or remove what is in it.",
    })
  }
  const chosen = filterOptionsSchema.parse(settings ?? {})
  mkdirSync(out, { recursive: true })
  using _lock = new FolderLock(out)
  const workFile = join(out, "filter.sqlite.part")
  using filtered = await filterPairs(readCaptionPairs(file, options.signal), { ...options, settings: chosen, workFile })
  const sha256 = await hashFile(file)

  const writer = new SampleWriter(out)
  for (const pair of filtered.pairs()) writer.write(stageOneSample(pair, chosen.seed))
  const files = writer.finish()
  const manifest: FilterManifest = {
    source: { file: basename(file), sha256 },
    settings: chosen,
    counts: filtered.counts,
    files,
  }
  const manifestWriter = new TextFileWriter(join(out, "manifest.json"))
  manifestWriter.write(`${JSON.stringify(manifest, null, 2)}\n`)
  manifestWriter.finish()
  return manifest
}
