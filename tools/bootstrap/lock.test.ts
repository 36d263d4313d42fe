import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { afterEach, beforeEach, expect, test } from "vitest"
import { withLock } from "./lock.mjs"

let folder = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"))
})
afterEach(() => rmSync(folder, { recursive: true }))

test("lets one work at a time, and is gone afterwards even where the work fails", async () => {
  let inside = 0
  const work = async () => {
    inside++
    expect(inside).toBe(1)
    await pause(50)
    inside--
  }
  await Promise.all([withLock(folder, work), withLock(folder, work), withLock(folder, work)])
  await expect(withLock(folder, () => Promise.reject(new Error("no")))).rejects.toThrow("no")
  expect(existsSync(join(folder, "lock"))).toBe(false)
})

test("takes over the lock of a process that is gone", async () => {
  mkdirSync(join(folder, "lock"))
  writeFileSync(join(folder, "lock/pid"), String(2 ** 30))
  expect(await withLock(folder, async () => "done")).toBe("done")
})
