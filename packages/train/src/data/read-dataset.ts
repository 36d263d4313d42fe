import { DatasetError } from "@llava/core"
import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex } from "@noble/hashes/utils.js"
import { TrainError } from "../train-error.ts"
import { type DataFile, dataFileName, openDataFile } from "./data-file.ts"
import { parseSample } from "./parse-sample.ts"
import { readItems } from "./read-items.ts"
import { SampleIndex } from "./sample-index.ts"
import { sizeHint } from "./size-hint.ts"
import type { TrainingDataset } from "./training-dataset.ts"
import { unpackDataFile } from "./unpack-data-file.ts"

export interface ReadDatasetOptions {
  /** The folder, or the address, that images are named from. They are looked for when they are needed. */
  images: string
  /** Leave samples of another shape to `sample(index)`, which throws; otherwise the first one is an error at once. */
  skipBad?: boolean
  signal?: AbortSignal
  onProgress?: (progress: { readBytes: number; totalBytes: number; samples: number }) => void
}

/**
 * Samples of LLaVA files, each a JSON array or one sample per line; several files are one after another. Each file is
 * read once, to check it and to note where its samples are; they are read again when they are needed, so that files may
 * be larger than memory. What is packed with gzip is unpacked into memory. Errors: TrainError "data-missing", "data-empty", and from `sample` "data-changed"; DatasetError
 * with file, line and sample.
 */
export async function readDataset(
  files: DataFile | readonly DataFile[],
  { images, skipBad = false, signal, onProgress }: ReadDatasetOptions,
): Promise<TrainingDataset> {
  const given: readonly DataFile[] = [files].flat()
  const names = given.map(dataFileName)
  const list: DataFile[] = []
  for (const file of given) list.push(await unpackDataFile(file, signal))
  const index = new SampleIndex()
  /** Number of the first sample of each file. */
  const firsts: number[] = []
  const sizes: number[] = []
  const hashes: string[] = []
  for (const [number, file] of list.entries()) {
    await using source = await openDataFile(file)
    const hash = sha256.create()
    const first = index.length
    let readBytes = 0
    const onBytes = (bytes: Uint8Array) => {
      hash.update(bytes)
      readBytes += bytes.length
      onProgress?.({ readBytes, totalBytes: source.size, samples: index.length })
    }
    for await (const { bytes, begin, end, line } of readItems(source, { onBytes, signal })) {
      const place = { file: source.name, line, index: index.length - first }
      index.add({ file: number, begin, end, line, sizeHint: checkedSize(bytes, place, skipBad) })
    }
    if (index.length === first) throw new TrainError(`${source.name} holds no samples.`, { code: "data-empty" })
    firsts.push(first)
    sizes.push(source.size)
    hashes.push(bytesToHex(hash.digest()))
  }
  const fingerprint = hashes.length === 1 ? hashes[0] : bytesToHex(sha256(new TextEncoder().encode(hashes.join("\n"))))
  return {
    length: index.length,
    name: names.join(", "),
    fingerprint: `sha256:${fingerprint}`,
    async sample(at) {
      const { file, begin, end, line } = index.entry(at)
      await using source = await openDataFile(list[file]!)
      if (source.size !== sizes[file]) throw changed(source.name)
      const bytes = await source.read(begin, end)
      return parseSample(bytes, { file: source.name, line, index: at - firsts[file]! })
    },
    sizeHint: (at) => index.sizeHint(at),
    place: (at) => ({ file: names[index.entry(at).file]!, line: index.entry(at).line }),
    imagePath: (image) => `${images.replace(/\/+$/, "")}/${image}`,
  }
}

/** 0 for a sample that is to fail when it is used. */
function checkedSize(bytes: Uint8Array, place: Parameters<typeof parseSample>[1], skipBad: boolean): number {
  try {
    return sizeHint(parseSample(bytes, place))
  } catch (error) {
    if (skipBad && error instanceof DatasetError) return 0
    throw error
  }
}

function changed(name: string): TrainError {
  return new TrainError(`${name} has changed since it was opened.`, {
    code: "data-changed",
    fix: "Leave the data as it is while a run uses it; begin again with --restart.",
  })
}
