import { writeSafetensors } from "@llava/checkpoint"
import type { ImageDomain } from "./image-domain.ts"
import { IMAGE_DOMAIN_FILE } from "./image-domain-file.ts"

/**
 * Puts an image domain beside the weights of a model folder, where `loadLlava` finds it and others look past it. Node
 * only. Errors: those of writing files.
 */
export async function writeImageDomain(folder: string, domain: ImageDomain): Promise<void> {
  const { description, mean, precision, limit } = domain
  const tensor = (name: string, values: Float32Array, shape: readonly number[]) => ({
    ...{ name, dtype: "F32" as const, shape },
    bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  })
  const tensors = [
    tensor("mean", mean, [mean.length]),
    tensor("precision", precision, [mean.length, mean.length]),
    tensor("limit", Float32Array.of(limit), []),
  ]
  await writeSafetensors(`${folder}/${IMAGE_DOMAIN_FILE}`, tensors, { metadata: { description } })
}
