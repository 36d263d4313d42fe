import { z } from "zod"
import type { NanoPhaseName } from "../nano-phases.ts"

const phases = ["1-picture-text", "2-language", "3-stage1", "4-stage2"] as const satisfies readonly NanoPhaseName[]

/** The kinds of instruction data of LLaVA, as `dialogueParts` has them. */
export const dialoguePartNames = ["conversation", "detail", "reasoning"] as const

/** What a variant does otherwise than the baseline. */
export const ablationChangeSchema = z.strictObject({
  /** Phases that are left out: what they would have taught stays random. */
  without: z.array(z.enum(phases)).optional(),
  projector: z.string().optional(),
  /** Counted from the end. */
  selectLayer: z.int().optional(),
  /** What answers begin with, in all phases. */
  first: z.enum(["observation", "decision"]).optional(),
  /** What stage 2 learns from. */
  stage2Data: z.array(z.enum(dialoguePartNames)).optional(),
  /** What stage 2 trains, as patterns of a recipe. */
  tuned: z.array(z.string()).optional(),
  /** Steps of stage 2, as a multiple of the plan's. */
  stage2Length: z.number().positive().optional(),
})

export type AblationChange = z.output<typeof ablationChangeSchema>
export type DialoguePart = (typeof dialoguePartNames)[number]
