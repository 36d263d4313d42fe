import { mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, it } from "vitest"
import { expectSameRun } from "./expect-same-run.ts"
import { runProcess } from "./run-process.ts"

let folder = ""
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kill-"))
})
afterEach(() => rm(folder, { recursive: true }))

it("is the same run, killed three times, once while a checkpoint is written", { timeout: 600_000 }, async (context) => {
  if (process.platform === "win32") context.skip("needs SIGKILL")
  const size = { steps: 16, checkpointEvery: 3 }
  const [killed, whole] = [join(folder, "killed"), join(folder, "whole")]
  expect(await runProcess({ output: whole, ...size })).toMatchObject({ exit: 0 })
  const first = await runProcess({ output: killed, ...size, kill: { afterSteps: 5, milliseconds: 3 } })
  expect(first.signal).toBe("SIGKILL")
  const second = await runProcess({ output: killed, ...size, kill: { atCheckpoint: 1 } })
  expect(second.signal).toBe("SIGKILL")
  expect(second.steps[0]).toBe(4)
  const left = (await readdir(join(killed, "checkpoints"), { recursive: true })).filter((name) =>
    name.endsWith(".partial"),
  )
  expect(left).toHaveLength(1)
  const third = await runProcess({ output: killed, ...size, kill: { afterSteps: 1, milliseconds: 0 } })
  expect(third).toMatchObject({ signal: "SIGKILL", steps: expect.arrayContaining([4]) })
  expect(await runProcess({ output: killed, ...size })).toMatchObject({ exit: 0 })
  await expectSameRun(killed, whole, size.steps)
  expect((await readdir(join(killed, "checkpoints"), { recursive: true })).toSorted()).toEqual([
    "step-15",
    "step-15/checkpoint.safetensors",
    "step-16",
    "step-16/checkpoint.safetensors",
  ])
})
