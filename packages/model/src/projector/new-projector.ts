import type { Device } from "@llava/tensor"
import type { Part } from "../contract/part.ts"
import type { Projector } from "../contract/projector.ts"
import { initialiseModule } from "../initialise/initialise-module.ts"
import { parsePartConfig } from "../load/parse-part-config.ts"
import type { PartSource } from "../load/part-source.ts"
import { selectPart } from "../load/select-part.ts"

export interface NewProjectorOptions {
  device: Device
  /** Where the type is looked up; of two for one type the later is taken. */
  parts: readonly Part[]
  /** Of the encoder, times the number of selected layers. */
  featureSize: number
  /** Of the language model. */
  hiddenSize: number
  /** Decides what it begins with. Default 0. */
  seed?: number
}

/**
 * A projector that has learned nothing yet, of a type such as `mlp2x_gelu`, to compose a new LLaVA with. Errors:
 * `ModelError` "unknown-model-type", listing what there is, and those of the part.
 */
export async function newProjector(
  type: string,
  { device, parts, featureSize, hiddenSize, seed = 0 }: NewProjectorOptions,
): Promise<{ projector: Projector; source: PartSource }> {
  const part = selectPart(parts, "projector", type, `projector ${type}`)
  const config = await parsePartConfig(part.configSchema, { type, featureSize, hiddenSize }, `projector ${type}`)
  const projector = part.build(config, device)
  initialiseModule(projector, device, seed, (path) => part.initialDeviation?.(path, config))
  return { projector, source: { config: { type }, tensors: new Map() } }
}
