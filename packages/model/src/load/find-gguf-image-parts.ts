import type { Checkpoint } from "@llava/checkpoint"
import type { Device } from "@llava/tensor"
import type { Part, ProjectorPart, VisionEncoderPart } from "../contract/part.ts"
import type { LlavaOptions } from "../llava/llava-settings.ts"
import { ModelError } from "../model-error.ts"
import { collectWeights } from "./collect-weights.ts"
import type { PartSources } from "./find-parts.ts"
import { ggufImageSettings } from "./gguf-image-settings.ts"
import { ggufPlaces } from "./gguf-places.ts"
import type { LoadOptions } from "./load-options.ts"
import type { PendingModule } from "./load-pending.ts"
import { parsePartConfig } from "./parse-part-config.ts"
import { selectPart } from "./select-part.ts"
import { imageDType } from "./weight-dtype.ts"

export interface GgufImageParts {
  sources: Pick<PartSources, "encoder" | "projector">
  pending: PendingModule[]
  llava: Partial<LlavaOptions>
}

/** Builds image encoder and projector of an `mmproj` file and finds their weights. */
export async function findGgufImageParts(
  { name, checkpoint: file }: { name: string; checkpoint: Checkpoint },
  hiddenSize: number,
  device: Device,
  { parts, dtype = "auto" }: LoadOptions,
): Promise<GgufImageParts> {
  const architecture = String(file.metadata["general.architecture"])
  const fits = (part: Part) => part.gguf?.architecture === architecture
  const encoderPart = parts.findLast((part): part is VisionEncoderPart => part.kind === "vision-encoder" && fits(part))
  const projectorParts = parts.filter((part): part is ProjectorPart => part.kind === "projector" && fits(part))
  if (!encoderPart?.gguf || !projectorParts[0]?.gguf) {
    throw new ModelError(`${name}: there are no image parts for the architecture '${architecture}'.`, {
      code: "unknown-model-type",
      fix: "Give llama.cpp's mmproj file of a CLIP-based LLaVA.",
    })
  }
  const { shapeOf, places } = ggufPlaces(file)
  const statedEncoder = encoderPart.gguf.config(file.metadata, shapeOf) as Record<string, unknown>
  const encoderConfig = await parsePartConfig(encoderPart.configSchema, statedEncoder, name)
  const encoder = encoderPart.build(encoderConfig, device)
  const settings = ggufImageSettings(file.metadata, shapeOf, encoder, name)
  const stated = projectorParts[0].gguf.config(file.metadata, shapeOf) as StatedProjector
  const projectorPart = selectPart(projectorParts, "projector", stated.type, name)
  checkHiddenSize(stated, hiddenSize, name)
  const featureSize = encoder.featureSize * settings.selectLayers.length
  const projectorConfig = await parsePartConfig(
    projectorPart.configSchema,
    { ...stated, featureSize, hiddenSize },
    name,
  )
  const projector = projectorPart.build(projectorConfig, device)
  const both = [
    { what: "image encoder", module: encoder, places: places(encoderPart, encoderConfig) },
    { what: "projector", module: projector, places: places(projectorPart, projectorConfig) },
  ]
  return {
    llava: { encoder, projector, ...settings },
    // Names of GGUF are of no use elsewhere.
    sources: {
      encoder: { config: statedEncoder, tensors: new Map() },
      projector: { config: { type: stated.type }, tensors: new Map() },
    },
    pending: both.map(({ what, module, places }) => ({
      module,
      entries: collectWeights(what, module, file.tensors, places),
      dtype: imageDType(dtype),
    })),
  }
}

interface StatedProjector {
  type: string
  hiddenSize?: number | undefined
}

function checkHiddenSize({ hiddenSize: made }: StatedProjector, hiddenSize: number, name: string): void {
  if (made === undefined || made === hiddenSize) return
  throw new ModelError(`${name} projects to ${made} values, the language model takes ${hiddenSize}.`, {
    code: "mmproj-mismatch",
    fix: "Use the mmproj file that was made for this language model.",
  })
}
