import { AppError } from "@llava/app-common"
import { describeIssue } from "@llava/core"
import { type Ablation, ablationSchema, type Experiment, experimentSchema } from "./ablation-schema.ts"
import { mergePatch } from "./merge-patch.ts"

/** A table to be made: its rows, each a whole experiment. */
export interface AblationPlan {
  name: string
  seed: number
  rows: { name: string; experiment: Experiment }[]
}

/** Errors: AppError "ablation-invalid" with the row, the key and what is wrong with it. */
export function parseAblation(value: unknown, file: string): AblationPlan {
  const parsed = ablationSchema.safeParse(value)
  if (!parsed.success) throw invalid(file, describeIssue(parsed.error).what)
  const { name, seed, base, rows }: Ablation = parsed.data
  const repeated = rows.find((row, index) => rows.findIndex((other) => other.name === row.name) !== index)
  if (repeated) throw invalid(file, `two rows are called "${repeated.name}"`)
  return {
    name,
    seed,
    rows: rows.map((row) => {
      const experiment = experimentSchema.safeParse(mergePatch(base, row.change))
      if (experiment.success) return { name: row.name, experiment: experiment.data }
      throw invalid(file, `row "${row.name}": ${describeIssue(experiment.error).what}`)
    }),
  }
}

function invalid(file: string, what: string): AppError {
  return new AppError(`${file}: ${what}.`, {
    code: "ablation-invalid",
    fix: "docs/evaluation.md shows such a file.",
  })
}
