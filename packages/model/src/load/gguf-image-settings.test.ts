import type { ImageSpec } from "@llava/core"
import { expect, test } from "vitest"
import type { VisionEncoder } from "../contract/vision-encoder.ts"
import { ggufImageSettings } from "./gguf-image-settings.ts"

const image: ImageSpec = { size: 56, fit: "crop", mean: [0, 0, 0], std: [1, 1, 1], resample: "bicubic" }
const encoder: Pick<VisionEncoder, "image"> = { image }
const settings = (metadata: Record<string, unknown>) =>
  ggufImageSettings(metadata, () => undefined, encoder, "mmproj.gguf")

test("pads pictures unless the file says otherwise", () => {
  expect(settings({})).toMatchObject({ imageAspectRatio: "pad", selectLayers: [-1], imageSpec: image })
  const stated = { "clip.vision.mm_patch_merge_type": "flat", "clip.vision.image_aspect_ratio": "square" }
  expect(settings(stated)).toMatchObject({ imageAspectRatio: "square" })
})

test.each([
  ["image_aspect_ratio", "anyres"],
  ["mm_patch_merge_type", "spatial_unpad"],
  ["image_grid_pinpoints", Int32Array.of(336, 672)],
])("LLaVA 1.6, told by %s, is refused by the name of its key", (key, value) => {
  expect(() => settings({ [`clip.vision.${key}`]: value })).toThrow(
    expect.objectContaining({
      code: "image-aspect-ratio-unsupported",
      message: expect.stringContaining(`mmproj.gguf: clip.vision.${key} is `),
      fix: expect.stringContaining("LLaVA 1.5"),
    }),
  )
})
