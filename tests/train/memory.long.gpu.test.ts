import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { expect, it } from "vitest"

interface Measured {
  steps: number
  loss: number
  liveBuffers: number
  liveBytes: number
  pooledBytes: number
  rss: number
  heapUsed: number
}

// Node gives young objects more room as a process goes on, in which wrappers of GPU objects wait for the collector with
// what they hold outside of it; the system's allocator keeps the most that ever waited. With the same room from the
// beginning, and the collector called at the same intervals, what is left is what the steps themselves leave.
const flags = ["--conditions=@llava/source", "--expose-gc", "--min-semi-space-size=2", "--max-semi-space-size=2"]

it("10,000 steps hold the buffers and bytes that 100 did, in the memory that they did", {
  timeout: 3_600_000,
}, async () => {
  const script = fileURLToPath(new URL("measure-run.ts", import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, script, "100", "10000"])
  const [early, late] = stdout
    .trim()
    .split("\n")
    .map((line): Measured => JSON.parse(line))
  expect([early?.steps, late?.steps]).toEqual([100, 10_000])
  const { liveBuffers, liveBytes, pooledBytes } = early!
  expect(late).toMatchObject({ liveBuffers, liveBytes, pooledBytes })
  expect(late!.rss / early!.rss - 1).toBeLessThanOrEqual(0.05)
  expect(late!.heapUsed / early!.heapUsed - 1).toBeLessThanOrEqual(0.05)
  expect(late!.loss).toBeLessThan(early!.loss / 2)
})
