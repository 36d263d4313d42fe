import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, it } from "vitest"
import { expectSameRun } from "./expect-same-run.ts"
import { type KillMoment, runProcess } from "./run-process.ts"

const KILLS = 20
/** Every fourth of them while a checkpoint is written. */
const isAtCheckpoint = (kill: number) => kill % 4 === 3

it("200 steps are the same, killed at 20 moments, 5 of them in a checkpoint", {
  timeout: 3_600_000,
}, async (context) => {
  if (process.platform === "win32") context.skip("needs SIGKILL")
  const folder = await mkdtemp(join(tmpdir(), "kill-"))
  try {
    const size = { steps: 200, checkpointEvery: 10 }
    const [killed, whole] = [join(folder, "killed"), join(folder, "whole")]
    expect(await runProcess({ output: whole, ...size })).toMatchObject({ exit: 0 })
    for (let kill = 0; kill < KILLS; kill++) {
      // Every life gets at most one checkpoint further, so that the run outlasts all kills.
      const moment: KillMoment = isAtCheckpoint(kill)
        ? { atCheckpoint: 1 }
        : { afterSteps: 6 + Math.floor(Math.random() * 12), milliseconds: Math.random() * 200 }
      const { signal, errors } = await runProcess({ output: killed, ...size, kill: moment })
      expect(signal, `kill ${kill}, ${JSON.stringify(moment)}: ${errors}`).toBe("SIGKILL")
    }
    expect(await runProcess({ output: killed, ...size })).toMatchObject({ exit: 0 })
    await expectSameRun(killed, whole, size.steps)
  } finally {
    await rm(folder, { recursive: true })
  }
})
