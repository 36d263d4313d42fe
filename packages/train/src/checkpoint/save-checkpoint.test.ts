import { execFile } from "node:child_process"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { openCheckpoint } from "@llava/checkpoint"
import { expect, it } from "vitest"
import { stage1 } from "../recipe/stage1.ts"
import { findCheckpoints } from "./find-checkpoints.ts"
import { removeUnfinished } from "./remove-unfinished.ts"

it("leaves the last checkpoint as it was where the disk is full", async (context) => {
  if (process.platform === "win32") context.skip("needs a shell that can limit the size of files")
  const folder = await mkdtemp(join(tmpdir(), "full-"))
  try {
    const identity = { recipe: stage1({ batchSize: 4 }), data: "data", versions: {} }
    const script = `
      import { saveCheckpoint } from ${JSON.stringify(new URL("save-checkpoint.ts", import.meta.url).href)}
      const save = async (step, size) => {
        const read = async () => new Float32Array(size).fill(step)
        const trainedValue = () => ({ shape: [size], dtype: "f32", read, [Symbol.dispose]() {} })
        const optimizer = { steps: step, namedState: () => [] }
        const contents = { step, trained: [["projector.weight", { trainedValue }]], optimizer }
        await saveCheckpoint(${JSON.stringify(folder)}, { ...contents, identity: ${JSON.stringify(identity)} }, 1)
      }
      await save(2, 16)
      await save(4, 1 << 20).catch((error) => console.log(error.name, error.code, error.message))`
    const scriptFile = join(folder, "script.mjs")
    await writeFile(scriptFile, script)
    const { stdout } = await promisify(execFile)(
      "sh",
      ["-c", 'ulimit -f 1000; exec "$0" --conditions=@llava/source "$1"', process.execPath, scriptFile],
      { cwd: fileURLToPath(new URL("../..", import.meta.url)) },
    )
    expect(stdout).toContain(`CheckpointError disk-full ${folder}/checkpoints/step-4/checkpoint.safetensors`)
    await removeUnfinished(folder)
    expect(await findCheckpoints(folder)).toEqual([2])
    await using checkpoint = await openCheckpoint(`${folder}/checkpoints/step-2/checkpoint.safetensors`)
    expect(checkpoint.metadata).toMatchObject({ step: "2", samples: "8", optimizerSteps: "2" })
    expect(JSON.parse(checkpoint.metadata["run"] as string)).toEqual(identity)
    expect(await checkpoint.tensors.get("weights.projector.weight")!.read()).toEqual(
      new Uint8Array(new Float32Array(16).fill(2).buffer),
    )
  } finally {
    await rm(folder, { recursive: true })
  }
})
