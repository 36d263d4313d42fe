import { z } from "zod"

/**
 * A sample of LLaVA's instruction or caption files. `image` is a path below the image folder (several where a sample
 * shows several); a sample without it is text only. `<image>` in a value stands for an image.
 */
export const trainingSampleSchema = z.looseObject({
  id: z.union([z.string(), z.number()]),
  image: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  conversations: z.array(z.looseObject({ from: z.enum(["human", "gpt"]), value: z.string() })).min(1),
})

export type TrainingSample = z.infer<typeof trainingSampleSchema>
