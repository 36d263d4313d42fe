import { z } from "zod"

const box = z.tuple([z.number(), z.number(), z.number(), z.number()])

/**
 * What is known of an image without seeing it: captions, and boxes as `[x1, y1, x2, y2]` in fractions of width and
 * height. `instances` is absent where boxes are unknown, and empty where there are none.
 */
export const imageContextSchema = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  image: z.string().min(1),
  captions: z.array(z.string()),
  instances: z.array(z.object({ category: z.string().min(1), bbox: box })).optional(),
})

export type ImageContext = z.infer<typeof imageContextSchema>
export type Instance = NonNullable<ImageContext["instances"]>[number]
