import type { ImageAspectRatio, ImageSpec } from "@llava/core"
import { z } from "zod"
import type { GgufShapes } from "../contract/part.ts"
import type { VisionEncoder } from "../contract/vision-encoder.ts"
import { ModelError } from "../model-error.ts"

const triple = z.tuple([z.number(), z.number(), z.number()])
const settingsSchema = z.looseObject({
  "clip.vision.image_mean": triple.optional(),
  "clip.vision.image_std": triple.optional(),
  "clip.vision.feature_layer": z.array(z.int()).min(1).optional(),
  "clip.vision.image_aspect_ratio": z.string().default("pad"),
})

export interface GgufImageSettings {
  selectLayers: readonly number[]
  imageSpec: ImageSpec
  imageAspectRatio: ImageAspectRatio
}

/**
 * How the image parts of an `mmproj` file are put together. `feature_layer` counts hidden states as we do. Where it is
 * absent, LLaVA's layer is meant: llama.cpp's converter (convert_image_encoder_to_gguf.py) leaves out the layer above
 * it, and the norm after the last, so the last layer in the file is the one; a file with that norm has the whole tower,
 * of which it is the last but one. Errors: "config-invalid", "image-aspect-ratio-unsupported".
 */
export function ggufImageSettings(
  metadata: Readonly<Record<string, unknown>>,
  shapeOf: GgufShapes,
  encoder: VisionEncoder,
  name: string,
): GgufImageSettings {
  const plain = Object.fromEntries(
    Object.entries(metadata).map(([key, value]) => [
      key,
      ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value,
    ]),
  )
  const parsed = settingsSchema.safeParse(plain)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    throw new ModelError(`${name}: ${issue.path.join(".")}: ${issue.message}.`, { code: "config-invalid" })
  }
  const settings = parsed.data
  const aspect = settings["clip.vision.image_aspect_ratio"]
  if (aspect !== "pad" && aspect !== "square") {
    throw new ModelError(`${name}: clip.vision.image_aspect_ratio '${aspect}' is not supported.`, {
      code: "image-aspect-ratio-unsupported",
      fix: "Use a LLaVA 1.5 model (pad or square).",
    })
  }
  return {
    selectLayers: settings["clip.vision.feature_layer"] ?? [shapeOf("v.post_ln.weight") ? -2 : -1],
    imageAspectRatio: aspect,
    imageSpec: {
      ...encoder.image,
      mean: settings["clip.vision.image_mean"] ?? encoder.image.mean,
      std: settings["clip.vision.image_std"] ?? encoder.image.std,
    },
  }
}
