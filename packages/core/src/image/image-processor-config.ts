import { z } from "zod"

const edge = z.int().positive()
const rgb = z.tuple([z.number(), z.number(), z.number()])

const sizeSchema = z.union(
  [
    edge.transform((pixels) => ({ shortest_edge: pixels })),
    z.strictObject({ shortest_edge: edge }),
    z.strictObject({ height: edge, width: edge }),
  ],
  { error: "expected pixels, { shortest_edge } or { height, width }" },
)

const cropSizeSchema = z.union(
  [edge.transform((pixels) => ({ height: pixels, width: pixels })), z.strictObject({ height: edge, width: edge })],
  { error: "expected pixels or { height, width }" },
)

/**
 * `preprocessor_config.json` of CLIP and its kin. Old files give `size` and `crop_size` as plain numbers; keys left
 * out, or null as newer files write them, get the defaults of CLIPImageProcessor. Other keys are kept.
 */
export const imageProcessorConfigSchema = z.looseObject({
  image_processor_type: z.string().nullish(),
  feature_extractor_type: z.string().nullish(),
  do_resize: withDefault(z.boolean(), true),
  size: withDefault(sizeSchema, { shortest_edge: 224 }),
  /** PIL's numbers: 0 nearest, 2 bilinear, 3 bicubic. */
  resample: withDefault(z.int(), 3),
  /** Left out: true after a resize of the shortest edge or beside a `crop_size`, false otherwise (SigLIP). */
  do_center_crop: z.boolean().nullish(),
  crop_size: cropSizeSchema.nullish(),
  do_rescale: withDefault(z.boolean(), true),
  rescale_factor: withDefault(z.number(), 1 / 255),
  do_normalize: withDefault(z.boolean(), true),
  image_mean: withDefault(rgb, [0.48145466, 0.4578275, 0.40821073]),
  image_std: withDefault(
    rgb.refine((values) => values.every((value) => value > 0), "expected numbers above 0"),
    [0.26862954, 0.26130258, 0.27577711],
  ),
  /** LlavaImageProcessor: pad to a square with the mean colour first, the `pad` of LLaVA's image_aspect_ratio. */
  do_pad: withDefault(z.boolean(), false),
  image_grid_pinpoints: z.unknown().optional(),
})

export type ImageProcessorConfig = z.output<typeof imageProcessorConfigSchema>

function withDefault<Schema extends z.ZodType>(schema: Schema, value: z.output<Schema>) {
  return schema.nullish().transform((given) => given ?? value)
}
