import { writeFilesAtomically } from "@llava/checkpoint"
import { readTextFile } from "#platform/read-text-file"
import { removeFolder } from "#platform/remove-folder"
import { findCheckpoints } from "../checkpoint/find-checkpoints.ts"
import { removeUnfinished } from "../checkpoint/remove-unfinished.ts"
import type { RunIdentity } from "../checkpoint/run-identity.ts"
import { TrainError } from "../train-error.ts"
import { describeDifference } from "./describe-difference.ts"

/** What a run leaves beside its recipe. */
const left = [
  "checkpoints",
  "metrics.jsonl",
  "validation.jsonl",
  "answers.jsonl",
  "model",
  "adapter",
  "mm_projector.safetensors",
  "report.html",
  "tensorboard",
]

/**
 * The folder of a run, new or taken up again: the step of its last checkpoint (0 without one). Errors: TrainError
 * "other-run" for a folder that a run with another recipe, other data or another model left, with the difference.
 */
export async function openRun(output: string, identity: RunIdentity, restart: boolean): Promise<number> {
  const file = `${output}/recipe.json`
  if (restart) {
    for (const name of left) await removeFolder(`${output}/${name}`)
  } else {
    const before = await readTextFile(file)
    if (before !== undefined) {
      const recorded: Record<string, unknown> = JSON.parse(before)
      // What an earlier version did not record is not compared.
      const now = Object.entries<unknown>(JSON.parse(JSON.stringify(identity))).filter(([key]) => key in recorded)
      const difference = describeDifference(recorded, Object.fromEntries(now))
      if (difference.length > 0) {
        throw new TrainError(`${output} holds another run: ${difference.join("; ")}.`, {
          code: "other-run",
          fix: "Use another output folder, or --restart to discard what is there.",
        })
      }
      await removeUnfinished(output)
      return (await findCheckpoints(output))[0] ?? 0
    }
  }
  const text = `${JSON.stringify(identity, undefined, 2)}\n`
  await writeFilesAtomically([{ path: file, write: (handle) => handle.write(new TextEncoder().encode(text)) }])
  return 0
}
