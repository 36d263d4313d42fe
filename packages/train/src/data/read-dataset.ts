import { parseTrainingSamples, type TrainingSample } from "@llava/core"
import { readTextFile } from "#platform/read-text-file"
import { TrainError } from "../train-error.ts"
import type { TrainingDataset } from "./training-dataset.ts"

export interface ReadDatasetOptions {
  /** The folder that images are named from. */
  images: string
}

/**
 * Samples of a LLaVA file, a JSON array or one sample per line, held in memory. Errors: TrainError "data-missing",
 * "data-empty"; DatasetError with file and line.
 */
export async function readDataset(file: string, { images }: ReadDatasetOptions): Promise<TrainingDataset> {
  const text = await readTextFile(file)
  if (text === undefined) {
    throw new TrainError(`There is no file ${file}.`, { code: "data-missing", fix: "Check the path of the data." })
  }
  const samples = parseTrainingSamples(text, file)
  if (samples.length === 0) throw new TrainError(`${file} holds no samples.`, { code: "data-empty" })
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))
  return {
    length: samples.length,
    name: file,
    fingerprint: `sha256:${Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("")}`,
    sample: async (index) => samples[index]!,
    sizeHint: (index) => sizeHint(samples[index]!),
    imagePath: (image) => `${images.replace(/\/+$/, "")}/${image}`,
  }
}

/** Words, as the original groups samples; negative for text alone. */
function sizeHint({ image, conversations }: TrainingSample): number {
  const words = conversations.reduce((sum, { value }) => sum + value.split(/\s+/).filter(Boolean).length, 0)
  return image === undefined ? -words : words
}
