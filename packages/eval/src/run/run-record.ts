import { z } from "zod"

/** How an answer is decoded. */
export const decodingSchema = z.object({
  temperature: z.number(),
  topP: z.number(),
  maxNewTokens: z.number(),
  seed: z.number(),
})

export type Decoding = z.infer<typeof decodingSchema>

/** What the answers of a file depend on. Each answer carries it as `metadata.run`, so that no file goes without. */
export const runRecordSchema = z.looseObject({
  task: z.string(),
  /** ScienceQA's format, or the instruction after each question; null for questions asked as they are. */
  promptFormat: z.string().nullable(),
  /** Where the image stands in a question; absent: first. */
  imagePlace: z.enum(["first", "last"]).optional(),
  shots: z.number(),
  shotStyle: z.string().nullable(),
  template: z.string(),
  imageMode: z.string().nullable(),
  selectLayers: z.array(z.number()).nullable(),
  selectFeature: z.string().nullable(),
  decoding: decodingSchema,
  model: z.looseObject({ name: z.string(), sha256: z.string().nullable() }),
  versions: z.record(z.string(), z.string()),
})

export type RunRecord = z.infer<typeof runRecordSchema>
