import { describe, expect, test } from "vitest"
import { ImageError } from "./image-error.ts"
import { parseImageProcessorConfig } from "./parse-image-processor-config.ts"

const clip = {
  size: 224,
  mean: [0.48145466, 0.4578275, 0.40821073],
  std: [0.26862954, 0.26130258, 0.27577711],
  resample: "bicubic",
}

describe("accepts", () => {
  test.each<[string, object, object]>([
    ["nothing: the defaults of CLIP", {}, clip],
    ["the old plain numbers", { size: 336, crop_size: 336, resample: 3 }, { ...clip, size: 336 }],
    [
      "the newer objects",
      { size: { shortest_edge: 336 }, crop_size: { height: 336, width: 336 }, do_convert_rgb: true },
      { ...clip, size: 336 },
    ],
    ["keys that are null", { size: null, image_mean: null, do_center_crop: null, data_format: null }, clip],
    [
      "both edges (SigLIP)",
      { size: { height: 384, width: 384 }, image_mean: [0.5, 0.5, 0.5], image_std: [0.5, 0.5, 0.5], resample: 2 },
      { size: 384, fit: "stretch", mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5], resample: "bilinear" },
    ],
    [
      "no normalisation",
      { do_normalize: false, resample: 0 },
      { ...clip, mean: [0, 0, 0], std: [1, 1, 1], resample: "nearest" },
    ],
    ["the rounded factor of published files", { rescale_factor: 0.00392156862745098 }, clip],
  ])("%s", (_, json, expected) => {
    expect(parseImageProcessorConfig(json)).toEqual(expected)
  })
})

describe("refuses", () => {
  test.each<[string, unknown, string, RegExp]>([
    ["no object", [], "image-config-invalid", /expected object/],
    ["a size in words", { size: "large" }, "image-config-invalid", /: size: /],
    ["two channels", { image_mean: [0, 0] }, "image-config-invalid", /: image_mean/],
    ["a deviation of zero", { image_std: [0, 1, 1] }, "image-config-invalid", /: image_std/],
    ["a longest edge", { size: { shortest_edge: 2, longest_edge: 3 } }, "image-config-invalid", /: size: /],
    ["anyres", { image_grid_pinpoints: [[336, 672]] }, "image-config-unsupported", /image_grid_pinpoints/],
    ["any shape", { do_center_crop: false }, "image-config-unsupported", /do_center_crop false/],
    ["an oblong", { size: { height: 2, width: 3 } }, "image-config-unsupported", /size is 3 x 2/],
    ["an oblong crop", { crop_size: { height: 224, width: 2 } }, "image-config-unsupported", /crop_size is 2 x 224/],
    ["two sizes", { size: 256, crop_size: 224 }, "image-config-unsupported", /size is 256 and crop_size 224/],
    ["no resize", { do_resize: false }, "image-config-unsupported", /do_resize/],
    ["another scale", { rescale_factor: 1 }, "image-config-unsupported", /rescale_factor 1/],
    ["no scale", { do_rescale: false }, "image-config-unsupported", /do_rescale false/],
    ["lanczos", { resample: 1 }, "image-config-unsupported", /resample 1/],
  ])("%s", (_, json, code, message) => {
    const parse = () => parseImageProcessorConfig(json, "models/x/preprocessor_config.json")
    expect(parse).toThrow(ImageError)
    expect(parse).toThrow(message)
    expect(parse).toThrow(/^models\/x\/preprocessor_config.json/)
    expect(parse).toThrow(expect.objectContaining({ code, fix: expect.any(String) }))
  })
})
