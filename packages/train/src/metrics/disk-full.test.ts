import { execFile } from "node:child_process"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { expect, it } from "vitest"
import { StepLines } from "./step-lines.ts"

it("says that the disk is full, and goes on where a checkpoint stands once there is room", async (context) => {
  if (process.platform === "win32") context.skip("needs a shell that can limit the size of files")
  const folder = await mkdtemp(join(tmpdir(), "full-"))
  try {
    const file = join(folder, "metrics.jsonl")
    const script = `
      import { StepLines } from ${JSON.stringify(new URL("step-lines.ts", import.meta.url).href)}
      const lines = await StepLines.open(${JSON.stringify(file)}, 0)
      try {
        for (let step = 1; ; step++) await lines.append({ step, text: "x".repeat(100) })
      } catch (error) {
        console.log(error.name, error.code, error.message)
      }`
    const scriptFile = join(folder, "script.mjs")
    await writeFile(scriptFile, script)
    const { stdout } = await promisify(execFile)(
      "sh",
      ["-c", 'ulimit -f 4; exec "$0" --conditions=@llava/source "$1"', process.execPath, scriptFile],
      { cwd: fileURLToPath(new URL("../..", import.meta.url)) },
    )
    expect(stdout).toContain(`TrainError disk-full ${file}`)
    const written = await readFile(file, "utf8")
    expect(written.endsWith("\n")).toBe(false)
    const again = await StepLines.open<{ step: number }>(file, 10)
    expect(again.lines).toHaveLength(10)
    await again.append({ step: 11 })
    const lines = (await readFile(file, "utf8")).trimEnd().split("\n")
    expect(lines.map((line) => JSON.parse(line).step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  } finally {
    await rm(folder, { recursive: true })
  }
})
