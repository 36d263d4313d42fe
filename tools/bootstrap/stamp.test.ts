import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { fingerprintContents, fingerprintTimes, readStamp, writeStamp } from "./stamp.mjs"

let folder = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stamp-"))
  mkdirSync(join(folder, "src/deep"), { recursive: true })
  writeFileSync(join(folder, "src/deep/a.ts"), "1")
  writeFileSync(join(folder, "lock"), "1")
})
afterEach(() => rmSync(folder, { recursive: true }))

test("contents: the same for the same bytes, another for other bytes, for absence and for another name", () => {
  const first = fingerprintContents(folder, ["lock"])
  utimesSync(join(folder, "lock"), 1, 1)
  expect(fingerprintContents(folder, ["lock"])).toBe(first)
  writeFileSync(join(folder, "lock"), "2")
  const second = fingerprintContents(folder, ["lock"])
  rmSync(join(folder, "lock"))
  expect(
    new Set([first, second, fingerprintContents(folder, ["lock"]), fingerprintContents(folder, ["other"])]).size,
  ).toBe(4)
})

test("times: notices a touched, a new and a removed file anywhere below", () => {
  const seen = [fingerprintTimes(folder, ["src"])]
  expect(fingerprintTimes(folder, ["src"])).toBe(seen[0])
  utimesSync(join(folder, "src/deep/a.ts"), 1, 1)
  seen.push(fingerprintTimes(folder, ["src"]))
  writeFileSync(join(folder, "src/b.ts"), "")
  seen.push(fingerprintTimes(folder, ["src"]))
  rmSync(join(folder, "src/deep/a.ts"))
  seen.push(fingerprintTimes(folder, ["src"]))
  expect(new Set(seen).size).toBe(4)
})

test("a stamp is read back; an absent one is undefined", () => {
  const file = join(folder, "new/stamp")
  expect(readStamp(file)).toBeUndefined()
  writeStamp(file, "all 123")
  expect(readStamp(file)).toBe("all 123")
})
