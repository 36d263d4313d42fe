import { AppError } from "@llava/app-common"
import { type AblationRecord, ablationRecordSchema, readAblationRecord } from "./ablation-record.ts"

/**
 * The record that an output folder holds, to be gone on with, or a new one. Errors: AppError "other-run" where it is of
 * another budget or of other variants; "file-invalid".
 */
export async function openAblationRecord(output: string, now: AblationRecord): Promise<AblationRecord> {
  const before = await readAblationRecord(`${output}/ablations.json`)
  if (!before) return now
  if (essence(before) === essence(now)) return before
  throw new AppError(`${output} holds ablations of another budget or of other variants.`, {
    code: "other-run",
    fix: "Use another output folder, or --restart to discard what is there.",
  })
}

/** Parsed first, so that keys stand in one order. */
function essence(record: AblationRecord): string {
  const { budget, plan, variants } = ablationRecordSchema.parse(record)
  return JSON.stringify({ budget, plan, variants })
}
