import type { Device } from "@llava/tensor"
import type { Projector } from "../contract/projector.ts"
import type { VisionEncoder } from "../contract/vision-encoder.ts"
import { collectWeights } from "./collect-weights.ts"
import type { LoadOptions } from "./load-options.ts"
import type { PendingModule } from "./load-pending.ts"
import type { ImageManifest, Manifest } from "./manifest.ts"
import type { ModelWeights } from "./open-model-weights.ts"
import { parsePartConfig } from "./parse-part-config.ts"
import { type PartSource, partSource } from "./part-source.ts"
import { selectPart } from "./select-part.ts"
import { tensorPlaces } from "./tensor-places.ts"
import { imageDType } from "./weight-dtype.ts"
import { withoutIdentityLayer } from "./without-identity-layer.ts"

/** Builds the projector between an encoder and a hidden size, and finds its weights. */
export async function findProjector(
  manifest: Manifest,
  image: ImageManifest,
  weights: ModelWeights,
  encoder: VisionEncoder,
  hiddenSize: number,
  device: Device,
  { parts, dtype = "auto" }: LoadOptions,
): Promise<{ projector: Projector; pending: PendingModule; source: PartSource }> {
  const stored = await withoutIdentityLayer({ projector: image.projector, tensors: weights.parts.projector })
  const part = selectPart(parts, "projector", stored.projector.type, manifest.file)
  const featureSize = encoder.featureSize * image.selectLayers.length
  const config = await parsePartConfig(
    part.configSchema,
    { ...stored.projector, featureSize, hiddenSize },
    manifest.file,
  )
  const projector = part.build(config, device)
  const places = tensorPlaces(part, config)
  const entries = collectWeights("projector", projector, stored.tensors, places)
  const pending = { module: projector, entries, dtype: imageDType(dtype) }
  return { projector, pending, source: partSource(stored.projector, entries, places) }
}
