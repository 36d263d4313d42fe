import { z } from "zod"
import type { Fixture } from "./fixture.ts"

const curveSchema = z.looseObject({
  losses: z.array(z.number()),
  learning_rates: z.array(z.number()),
  gradient_norms: z.array(z.number()),
  optimizer: z.looseObject({
    kind: z.literal("AdamW"),
    lr: z.number(),
    weight_decay: z.number(),
    betas: z.tuple([z.number(), z.number()]),
    eps: z.number(),
    warmup_steps: z.int(),
    total_steps: z.int(),
    clip_norm: z.number().nullable(),
  }),
})

/** What golden.json says of a run of training steps. */
export interface TrainingCurve extends z.output<typeof curveSchema> {
  /** Its key in golden.json. */
  readonly name: string
  /** Beginning of the names of the weights after the last step: `after10.`, `stage1.after10.`. */
  readonly after: string
}

/** Every run of steps in a fixture: `train`, or one by stage. */
export function trainingCurves(fixture: Fixture): TrainingCurve[] {
  return Object.entries(fixture.golden).flatMap(([name, value]) => {
    if (typeof value !== "object" || value === null || !("losses" in value)) return []
    const curve = curveSchema.parse(value)
    const stage = name === "train" ? "" : `${name}.`
    return { ...curve, name, after: `${stage}after${curve.losses.length}.` }
  })
}
