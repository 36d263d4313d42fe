import { dirname } from "node:path"
import { readDataset, type TrainingDataset } from "@llava/train"
import type { TrainerOptions } from "../command-line/trainer-options.ts"

export interface Datasets {
  dataset: TrainingDataset
  validation: TrainingDataset | undefined
}

/**
 * The data of the command line; without a folder of images they lie beside the data that names them. With `skipBad`
 * samples of another shape are not an error here, but where they are used.
 */
export async function openDatasets(
  { data, validation, images }: Pick<TrainerOptions, "data" | "validation" | "images">,
  skipBad: boolean,
): Promise<Datasets> {
  const open = (file: string) => readDataset(file, { images: images ?? dirname(file), skipBad })
  return { dataset: await open(data), validation: validation === undefined ? undefined : await open(validation) }
}
