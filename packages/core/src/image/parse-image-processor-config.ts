import { describeIssue } from "../config/describe-issue.ts"
import { ImageError } from "./image-error.ts"
import { type ImageProcessorConfig, imageProcessorConfigSchema } from "./image-processor-config.ts"
import type { ImageSpec, Resample } from "./image-types.ts"

const filters = new Map<number, Resample>([
  [0, "nearest"],
  [2, "bilinear"],
  [3, "bicubic"],
])

/**
 * Reads the contents of a `preprocessor_config.json` (parsed JSON) into what {@link prepareImage} needs.
 * What it cannot do is an error: pictures that do not end as one square, other filters, other scales.
 * @param file named in errors
 * @throws {ImageError} `image-config-invalid`, `image-config-unsupported`
 */
export function parseImageProcessorConfig(json: unknown, file = "preprocessor_config.json"): ImageSpec {
  const parsed = imageProcessorConfigSchema.safeParse(json)
  if (!parsed.success) {
    throw new ImageError(`${file} is not a valid image processor configuration: ${describeIssue(parsed.error).what}.`, {
      code: "image-config-invalid",
      fix: "Compare it with the preprocessor_config.json of openai/clip-vit-large-patch14.",
      cause: parsed.error,
    })
  }
  const config = parsed.data
  const refuse = (what: string, fix: string): never => {
    throw new ImageError(`${file}: ${what}.`, { code: "image-config-unsupported", fix })
  }
  if (config.image_grid_pinpoints) {
    refuse("image_grid_pinpoints (the anyres of LLaVA 1.6) is not supported", "Use a LLaVA 1.0 or 1.5 model.")
  }
  if (!config.do_resize) refuse("do_resize is false, but encoders take one size", "Set do_resize to true.")
  if (!config.do_rescale || Math.abs(config.rescale_factor * 255 - 1) > 1e-6) {
    refuse(
      `do_rescale ${config.do_rescale} with rescale_factor ${config.rescale_factor} is not supported`,
      "Set do_rescale to true, rescale_factor to 1/255, and fold other scales into image_mean and image_std.",
    )
  }
  const resample = filters.get(config.resample)
  if (!resample) {
    return refuse(`resample ${config.resample} is not supported`, "Use 3 (bicubic), 2 (bilinear) or 0 (nearest).")
  }
  return {
    ...square(config, refuse),
    mean: config.do_normalize ? config.image_mean : [0, 0, 0],
    std: config.do_normalize ? config.image_std : [1, 1, 1],
    resample,
  }
}

/** The one square that the sizes of the file lead to. */
function square(
  { size, crop_size, do_center_crop }: ImageProcessorConfig,
  refuse: (what: string, fix: string) => never,
): Pick<ImageSpec, "size" | "fit"> {
  const fit = "shortest_edge" in size ? "crop" : "stretch"
  const crops = do_center_crop ?? (fit === "crop" || crop_size != null)
  const crop = crops ? (crop_size ?? { height: 224, width: 224 }) : undefined
  const resized = "shortest_edge" in size ? { height: size.shortest_edge, width: size.shortest_edge } : size
  if (fit === "crop" && !crop) {
    return refuse(
      "size.shortest_edge with do_center_crop false leaves pictures of any shape, but encoders take a square",
      `Set do_center_crop to true, or size to { "height": ${resized.height}, "width": ${resized.width} }.`,
    )
  }
  for (const [name, { height, width }] of [
    ["size", resized],
    ["crop_size", crop ?? resized],
  ] as const) {
    if (height !== width) {
      return refuse(`${name} is ${width} x ${height}, but encoders take a square`, "Make height and width equal.")
    }
    if (height !== resized.height) {
      return refuse(
        `size is ${resized.height} and crop_size ${height}; different sizes are not supported`,
        "Give both the same number of pixels.",
      )
    }
  }
  return fit === "crop" ? { size: resized.height } : { size: resized.height, fit }
}
