import { listFolder } from "#platform/list-folder"
import { removeFolder } from "#platform/remove-folder"
import { CHECKPOINT_FILE } from "./checkpoint-file.ts"

/** Removes what a run that was killed left of checkpoints it was writing or removing. */
export async function removeUnfinished(output: string): Promise<void> {
  const folder = `${output}/checkpoints`
  for (const name of await listFolder(folder)) {
    const files = await listFolder(`${folder}/${name}`)
    if (!files.includes(CHECKPOINT_FILE)) await removeFolder(`${folder}/${name}`)
    for (const file of files) if (file.endsWith(".partial")) await removeFolder(`${folder}/${name}/${file}`)
  }
}
