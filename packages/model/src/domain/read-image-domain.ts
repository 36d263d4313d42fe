import { type Checkpoint, decodeTensorBytes } from "@llava/checkpoint"
import type { ModelFolder } from "../load/model-folder.ts"
import { ModelError } from "../model-error.ts"
import { ImageDomain } from "./image-domain.ts"
import { IMAGE_DOMAIN_FILE } from "./image-domain-file.ts"

/**
 * What a model folder says of the pictures that its model knows; undefined where it says nothing. `featureSize`: numbers of
 * one token of the encoder's, of which a summary has a multiple. Errors: ModelError "image-domain-invalid";
 * `CheckpointError` for a damaged file.
 */
export async function readImageDomain(folder: ModelFolder, featureSize: number): Promise<ImageDomain | undefined> {
  if (!folder.files.includes(IMAGE_DOMAIN_FILE)) return undefined
  await using checkpoint = await folder.openWeights(IMAGE_DOMAIN_FILE)
  const mean = await values(checkpoint, "mean")
  const precision = await values(checkpoint, "precision")
  const limit = (await values(checkpoint, "limit"))?.[0]
  const { description } = checkpoint.metadata
  const isWhole =
    mean?.length !== undefined &&
    mean.length > 0 &&
    mean.length % featureSize === 0 &&
    precision?.length === mean.length ** 2 &&
    limit !== undefined &&
    limit > 0
  if (isWhole && typeof description === "string") return new ImageDomain({ description, mean, precision, limit })
  throw new ModelError(`${folder.name}/${IMAGE_DOMAIN_FILE} does not fit the model's encoder.`, {
    code: "image-domain-invalid",
    fix: "Remove it: it only tells pictures unlike those of training from others.",
  })
}

async function values(checkpoint: Checkpoint, name: string): Promise<Float32Array | undefined> {
  const tensor = checkpoint.tensors.get(name)
  return tensor && decodeTensorBytes(tensor.dtype, await tensor.read())
}
