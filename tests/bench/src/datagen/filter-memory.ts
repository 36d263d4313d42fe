import { spawn } from "node:child_process"
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { syntheticCaptions } from "./synthetic-captions.ts"

/**
 * Peak memory and time of the command `filter` over synthetic captions. The peak is the whole process's, as the system
 * counts it (VmHWM; Linux only), so that buffers outside the JavaScript heap count too.
 *
 *     node --conditions=@llava/source tests/bench/src/datagen/filter-memory.ts [--captions 1000000]
 */
const { values } = parseArgs({ options: { captions: { type: "string", default: "1000000" } } })
const captions = Number(values.captions)
const folder = mkdtempSync(join(tmpdir(), "filter-memory-"))
const pairs = join(folder, "pairs.jsonl")
let index = 0
const lines = Readable.from(syntheticCaptions(captions)).map(
  (caption: string) => `${JSON.stringify({ image: `${String(index++).padStart(9, "0")}.jpg`, caption })}\n`,
)
await pipeline(lines, createWriteStream(pairs))

const main = fileURLToPath(new URL("../../../../packages/datagen/src/main.ts", import.meta.url))
const start = performance.now()
const child = spawn(
  process.execPath,
  ["--conditions=@llava/source", main, "filter", pairs, "--out", join(folder, "out")],
  { stdio: ["ignore", "inherit", "inherit"] },
)
let peak = 0
const timer = setInterval(() => {
  peak = Math.max(peak, peakKibibytes(child.pid!))
}, 100)
const code = await new Promise<number | null>((resolve) => child.once("exit", resolve))
clearInterval(timer)
const seconds = (performance.now() - start) / 1000
rmSync(folder, { recursive: true })
console.log(
  `${captions.toLocaleString("en")} captions: peak ${(peak / 1024).toFixed(0)} MiB, ${seconds.toFixed(0)} s, ` +
    `${(captions / seconds).toFixed(0)} captions/s`,
)
process.exitCode = code ?? 1

function peakKibibytes(pid: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0)
  } catch {
    return 0
  }
}
