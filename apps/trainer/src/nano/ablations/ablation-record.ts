import { readFile } from "node:fs/promises"
import { AppError } from "@llava/app-common"
import { z } from "zod"
import { nanoPlanSchema } from "../nano-plan.ts"
import { ablationChangeSchema } from "./ablation-change.ts"

const count = z.int().nonnegative()

/** How one variant of one seed answers questions about held-out scenes. */
const ablationRunSchema = z.strictObject({
  variant: z.string(),
  seed: z.int(),
  /** Mean over the tokens of held-out answers, in the order that the variant gives them. */
  loss: z.number(),
  kinds: z.array(
    z.strictObject({
      kind: z.string(),
      right: count,
      total: count,
      /** What always giving the commonest answer would score. */
      commonest: z.number(),
    }),
  ),
})

/** The content of `ablations.json`: what was made, and every run that is done. */
export const ablationRecordSchema = z.strictObject({
  budget: z.string(),
  plan: nanoPlanSchema,
  /** What they were made on. */
  adapter: z.string(),
  variants: z.array(z.strictObject({ name: z.string(), change: ablationChangeSchema })),
  /** What else readers of the page should know, in a sentence of Markdown; written by hand. */
  remark: z.string().optional(),
  runs: z.array(ablationRunSchema),
})

export type AblationRun = z.output<typeof ablationRunSchema>
export type AblationRecord = z.output<typeof ablationRecordSchema>

/** The record in a file, if there is one. Errors: AppError "file-invalid". */
export async function readAblationRecord(file: string): Promise<AblationRecord | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined)
  if (text === undefined) return undefined
  try {
    return ablationRecordSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new AppError(`${file} is no record of ablations.`, {
      code: "file-invalid",
      fix: "Restore it, use another output folder, or --restart to discard what is there.",
      cause,
    })
  }
}
