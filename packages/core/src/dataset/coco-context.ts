import { z } from "zod"

const fraction = z.number().min(0).max(1)

/** What is known about a COCO image: captions, and boxes as `[x1, y1, x2, y2]` in fractions of width and height. */
export const cocoContextSchema = z.looseObject({
  id: z.union([z.string(), z.number()]),
  image: z.string(),
  captions: z.array(z.string()),
  instances: z.array(z.looseObject({ category: z.string(), bbox: z.tuple([fraction, fraction, fraction, fraction]) })),
})

export type CocoContext = z.infer<typeof cocoContextSchema>
