import { spawn } from "node:child_process"
import { mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { writeSafetensors } from "@llava/checkpoint"
import { expect, test } from "vitest"
import { bigModelTensors, writeBigModelFiles, zeros } from "../loading/big-model.ts"
import { chatCommand, chatEnvironment } from "./chat-process.ts"

test.skipIf(process.platform === "win32")(
  "Ctrl-C while a model loads ends the program at once, without a word",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "llava-interrupt-"))
    await writeBigModelFiles(folder)
    const tensors = bigModelTensors().map(({ name, shape }) => {
      const bytes = 4 * shape.reduce((product, size) => product * size, 1)
      return { name, shape, dtype: "F32" as const, bytes: () => zeros(bytes) }
    })
    await writeSafetensors(join(folder, "model.safetensors"), tensors)
    const files = await readdir(folder)

    const [program, ...before] = chatCommand
    const args = ["--model", folder, "--template", "v1", "--prompt", "x"]
    const child = spawn(program, [...before, ...args], { env: chatEnvironment(), stdio: "pipe" })
    let stderr = ""
    let interrupted = 0
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text
      if (interrupted > 0 || !/loading weights/.test(stderr)) return
      interrupted = performance.now()
      child.kill("SIGINT")
    })
    const ending = await new Promise((resolve) => child.once("close", (...codes) => resolve(codes)))
    expect(ending).toEqual([null, "SIGINT"])
    expect(performance.now() - interrupted).toBeLessThan(5000)
    expect(stderr).not.toMatch(/is ready|rror|\n\s+at /)
    expect(await readdir(folder)).toEqual(files)
    await rm(folder, { recursive: true })
  },
)
