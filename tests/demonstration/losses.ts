import { readFileSync } from "node:fs"
import { z } from "zod"

/** What `tools/reference/train_demonstration.py` writes. */
const schema = z.object({
  madeWith: z.record(z.string(), z.string()),
  /** Of the schedule; there may be losses of its beginning alone. */
  steps: z.int().positive(),
  losses: z.array(z.number()),
  gradientNorms: z.array(z.number()),
  /** Of the weights after some steps, in parts of the largest one. */
  weightErrors: z.record(z.string(), z.number()).optional(),
})

/** Losses of PyTorch from a file. */
export function readLosses(path: string): z.output<typeof schema> {
  return schema.parse(JSON.parse(readFileSync(path, "utf8")))
}
