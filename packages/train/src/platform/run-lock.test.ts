import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises"
import { hostname, tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterEach, beforeEach, expect, it } from "vitest"
import { lockRun } from "./run-lock.node.ts"

let folder = ""
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lock-"))
})
afterEach(() => rm(folder, { recursive: true }))

it("lets one in, and the next when that one is done", async () => {
  const output = join(folder, "new", "run")
  {
    await using _ = await lockRun(output)
    await expect(lockRun(output)).rejects.toMatchObject({ name: "TrainError", code: "output-in-use" })
    await expect(lockRun(output)).rejects.toThrow(`process ${process.pid} on ${hostname()}`)
  }
  expect(await readdir(output)).toEqual([])
  await using _ = await lockRun(output)
})

it("refuses a folder that another process holds, until that is killed", { timeout: 60_000 }, async () => {
  const module = JSON.stringify(new URL("run-lock.node.ts", import.meta.url).href)
  const script = `import { lockRun } from ${module}; await lockRun(${JSON.stringify(folder)}); console.log("held")
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ["--conditions=@llava/source", "--input-type=module", "--eval", script], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
  })
  await once(child.stdout, "data")
  await expect(lockRun(folder)).rejects.toThrow(`process ${child.pid} on`)
  child.kill("SIGKILL")
  await once(child, "close")
  const attempts = await Promise.allSettled([lockRun(folder), lockRun(folder), lockRun(folder)])
  const held = attempts.filter((attempt) => attempt.status === "fulfilled")
  expect(held).toHaveLength(1)
  await held[0]!.value[Symbol.asyncDispose]()
  expect(await readdir(folder)).toEqual([])
})

it("lets one of many in over a lock that was left behind, over and over", async () => {
  const file = join(folder, ".lock")
  for (let round = 0; round < 50; round++) {
    await writeFile(file, JSON.stringify({ id: "left", process: process.pid, host: hostname() }))
    // A process that was killed while it took a lock over.
    if (round % 2)
      await writeFile(`${file}.takeover`, JSON.stringify({ id: "left", process: process.pid, host: hostname() }))
    const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => lockRun(folder)))
    const held = attempts.filter((attempt) => attempt.status === "fulfilled")
    expect(held).toHaveLength(1)
    await held[0]!.value[Symbol.asyncDispose]()
    expect(await readdir(folder)).toEqual([])
  }
})

it.each([
  ["of an earlier process of the same number", { process: process.pid, host: hostname() }, 0, true],
  ["of another computer", { process: 1, host: "elsewhere" }, 0, false],
  ["of another computer that is silent", { process: 1, host: "elsewhere" }, 600, true],
  ["of a process that is silent, whose number another one has", { process: process.ppid, host: hostname() }, 600, true],
])("judges a lock %s", async (_, owner, age, stale) => {
  const file = join(folder, ".lock")
  await writeFile(file, JSON.stringify({ id: "other", ...owner }))
  const then = Date.now() / 1000 - age
  await utimes(file, then, then)
  if (!stale) {
    await expect(lockRun(folder)).rejects.toMatchObject({ code: "output-in-use" })
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ id: "other" })
    return
  }
  await using _lock = await lockRun(folder)
  expect(await readdir(folder)).toEqual([".lock"])
})
