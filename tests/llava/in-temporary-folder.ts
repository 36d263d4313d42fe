import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** Runs `test` with the path of an empty folder that is gone afterwards. */
export async function inTemporaryFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "llava-model-"))
  try {
    await test(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
