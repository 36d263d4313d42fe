import { listFolder } from "#platform/list-folder"
import { CHECKPOINT_FILE } from "./checkpoint-file.ts"
import { checkpointFolder } from "./checkpoint-folder.ts"

/** Steps of the whole checkpoints of a run, newest first. */
export async function findCheckpoints(output: string): Promise<number[]> {
  const steps: number[] = []
  for (const name of await listFolder(`${output}/checkpoints`)) {
    const step = /^step-(\d+)$/.exec(name)?.[1]
    if (step === undefined) continue
    const files = await listFolder(checkpointFolder(output, Number(step)))
    if (files.includes(CHECKPOINT_FILE)) steps.push(Number(step))
  }
  return steps.sort((a, b) => b - a)
}
