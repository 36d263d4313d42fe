import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { JsonLinesJournal } from "./json-lines-journal.ts"

const folder = mkdtempSync(join(tmpdir(), "json-lines-"))
afterAll(() => rmSync(folder, { recursive: true }))

const lines = '{"id":1,"text":"ä\\n🌳"}\n{"id":2}\n'

test("keeps what was added, wherever the last line was cut", () => {
  const file = join(folder, "deep/answers.jsonl")
  {
    using journal = new JsonLinesJournal(file)
    expect(journal.records).toEqual([])
    journal.add({ id: 1, text: "ä\n🌳" })
    journal.add({ id: 2 })
  }
  expect(readFileSync(file, "utf8")).toBe(lines)
  const whole = Buffer.from(lines)
  const first = whole.indexOf(10) + 1
  for (let length = 0; length <= whole.length; length++) {
    writeFileSync(file, whole.subarray(0, length))
    using journal = new JsonLinesJournal(file)
    const kept = length >= whole.length - 1 ? 2 : length >= first - 1 ? 1 : 0
    expect(
      journal.records.map((record) => (record as { id: number }).id),
      `${length} bytes`,
    ).toEqual([1, 2].slice(0, kept))
    for (const record of [{ id: 1, text: "ä\n🌳" }, { id: 2 }].slice(kept)) journal.add(record)
    expect(readFileSync(file, "utf8")).toBe(lines)
  }
})

test("begins again on request", () => {
  const file = join(folder, "again.jsonl")
  for (const id of [1, 2]) {
    using journal = new JsonLinesJournal(file, { restart: true })
    expect(journal.records).toEqual([])
    journal.add({ id })
  }
  expect(readFileSync(file, "utf8")).toBe('{"id":2}\n')
})

test("refuses a file with a broken line in the middle, and one that cannot be written", () => {
  const file = join(folder, "broken.jsonl")
  writeFileSync(file, '{"id":1}\n{"id":\n{"id":3}\n')
  expect(() => new JsonLinesJournal(file)).toThrow(/broken\.jsonl:2: The line is not JSON/)
  expect(readFileSync(file, "utf8")).toContain('{"id":3}')
  expect(() => new JsonLinesJournal(join(file, "below"))).toThrow(/cannot be written \(E/)
})
