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
  "clip.vision.mm_patch_merge_type": z.string().optional(),
  "clip.vision.image_grid_pinpoints": z.array(z.int()).default([]),
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
  encoder: Pick<VisionEncoder, "image">,
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
    throw new ModelError(`${name}: ${issue.path.join(".")}: ${issue.message}.`, {
      code: "config-invalid",
      fix: "Convert the model anew with a current llama.cpp.",
    })
  }
  const settings = parsed.data
  const aspect = settings["clip.vision.image_aspect_ratio"]
  if (aspect !== "pad" && aspect !== "square") throw unsupported(name, "image_aspect_ratio", aspect)
  // Older converters state LLaVA 1.6 by either of these alone.
  const merge = settings["clip.vision.mm_patch_merge_type"]
  if (merge?.startsWith("spatial")) throw unsupported(name, "mm_patch_merge_type", merge)
  const pinpoints = settings["clip.vision.image_grid_pinpoints"]
  if (pinpoints.length > 0) throw unsupported(name, "image_grid_pinpoints", `[${pinpoints}]`)
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

function unsupported(name: string, key: string, value: string): ModelError {
  return new ModelError(`${name}: clip.vision.${key} is ${value}, which is not supported.`, {
    code: "image-aspect-ratio-unsupported",
    fix: "Use the mmproj file of a LLaVA 1.5 (pad or square).",
  })
}
