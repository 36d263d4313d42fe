import { findTemplate } from "@llava/core"
import { Llava, loadParts } from "@llava/model"
import type { Device } from "@llava/tensor"
import { byteTokenizer } from "../support/byte-tokenizer.ts"
import { defaultParts } from "./default-parts.ts"

/** A model of a fixture as trainers get it. Fixtures give token ids: tokenizer and template are never asked. */
export async function openTrainable(path: string, device: Device): Promise<Llava> {
  const { encoder, projector, languageModel, manifest } = await loadParts(path, {
    parts: defaultParts,
    device,
    dtype: "f32",
  })
  const { image } = manifest
  return new Llava({
    device,
    encoder,
    projector,
    languageModel,
    tokenizer: byteTokenizer(),
    template: findTemplate("v1"),
    ...(image && { selectLayers: image.selectLayers, selectFeature: image.selectFeature }),
  })
}
