import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readdirSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { expect } from "vitest"
import { hashNumber } from "../../random/hash-number.ts"

const program = fileURLToPath(new URL("killed-run.ts", import.meta.url))
const images = 200
/** Requests under way at once. */
const lanes = 4

/**
 * Makes one run of some 500 requests without a break, and one that is killed at so many random moments and inside so many
 * writes of its journal; expects the same files, and no answered question asked again.
 */
export async function killAndCompare(moments: number, writes: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "kill-"))
  expect(await run(folder, "unbroken")).toBe(true)
  const all = lines(join(folder, "unbroken.asked"))
  expect(all.length).toBeGreaterThanOrEqual(500)
  expect(new Set(all).size).toBe(all.length)

  for (let kill = 0; kill < moments; kill++) {
    const questions = 1 + (hashNumber("questions", kill) % 14)
    expect(await run(folder, "killed", { questions, ms: hashNumber("moment", kill) % 8 })).toBe(false)
  }
  for (let write = 0; write < writes; write++) expect(await run(folder, "killed", { write: 1 + write * 3 })).toBe(false)
  expect(await run(folder, "killed")).toBe(true)

  expect(results(join(folder, "killed"))).toEqual(results(join(folder, "unbroken")))
  const asked = lines(join(folder, "killed.asked"))
  expect(new Set(asked)).toEqual(new Set(all))
  // Asked twice is only what was under way when a kill came: its answer was nowhere yet.
  expect(asked.length - all.length).toBeLessThanOrEqual((moments + writes) * lanes)
  const ids = lines(join(folder, "killed/journal.jsonl")).map((line) => (JSON.parse(line) as { id?: string }).id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBe(all.length + 1)
}

interface Kill {
  /** So many questions after its start, */
  questions?: number
  /** and so many milliseconds later. */
  ms?: number
  /** Or inside this write of the journal. */
  write?: number
}

/** True when the run ended by itself. */
async function run(folder: string, name: string, { questions, ms = 0, write = 0 }: Kill = {}): Promise<boolean> {
  const asked = join(folder, `${name}.asked`)
  const before = lines(asked).length
  const args = ["--conditions=@llava/source", program, join(folder, name), String(images), asked, String(write)]
  const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] })
  const ended = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>
  let isOver = false
  const watch = ended.then((result) => {
    isOver = true
    return result
  })
  if (questions !== undefined) {
    while (!isOver && lines(asked).length < before + questions) await pause(4)
    await pause(ms)
    child.kill("SIGKILL")
  }
  const [code, signal] = await watch
  if (signal !== "SIGKILL") expect(code).toBe(0)
  return signal !== "SIGKILL"
}

function lines(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n").slice(0, -1)
  } catch {
    return []
  }
}

function results(folder: string): Record<string, string> {
  const files = readdirSync(folder).filter((file) => !/^(journal\.jsonl|\.lock)$/.test(file))
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), "utf8")]))
}
