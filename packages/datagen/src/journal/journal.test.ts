import { appendFileSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { Journal } from "./journal.ts"

const folder = mkdtempSync(join(tmpdir(), "journal-"))
const reply = (text: string) => ({
  text,
  finishReason: "stop" as const,
  usage: { promptTokens: 3, completionTokens: 2 },
})

test("keeps answers across processes, and knows what was used", () => {
  const file = join(folder, "kept.jsonl")
  const journal = new Journal(file)
  expect(journal.run).toBeUndefined()
  journal.add({ run: { seed: 1 } })
  journal.add({ id: "a", reply: reply("Zwei Bäume 🌳\n\nund") })
  journal.add({ id: "b", error: { code: "request-refused", message: "Too long." } })
  journal.add({ batch: "one", requests: 2 })
  journal.add({ batch: "two", requests: 2 })
  journal.add({ batchEnded: "one" })
  expect(journal.read("a")).toMatchObject({ reply: reply("Zwei Bäume 🌳\n\nund") })
  journal.close()
  const again = new Journal(file)
  expect(again.run).toEqual({ seed: 1 })
  expect(again.read("a")).toMatchObject({ reply: reply("Zwei Bäume 🌳\n\nund") })
  expect(again.read("b")).toMatchObject({ error: { code: "request-refused" } })
  expect(again.read("c")).toBeUndefined()
  expect(again.used).toEqual({ requests: 2, promptTokens: 3, completionTokens: 2 })
  expect([...again.openBatches]).toEqual(["two"])
  again.add({ id: "c", reply: reply("more") })
  expect(again.read("c")).toMatchObject({ reply: reply("more") })
  again.close()
})

test("cuts off a line that was not written to its end, wherever it breaks", () => {
  const file = join(folder, "torn.jsonl")
  const journal = new Journal(file)
  journal.add({ run: {} })
  journal.add({ id: "a", reply: reply("ä first answer") })
  journal.close()
  const whole = readFileSync(file)
  const line = Buffer.from(`${JSON.stringify({ id: "b", reply: reply("ö second answer") })}\n`)
  for (let length = 1; length < line.length; length++) {
    writeFileSync(file, whole)
    appendFileSync(file, line.subarray(0, length))
    const torn = new Journal(file)
    expect([torn.has("a"), torn.has("b"), statSync(file).size]).toEqual([true, false, whole.length])
    torn.add({ id: "b", reply: reply("ö second answer") })
    torn.close()
    expect(readFileSync(file)).toEqual(Buffer.concat([whole, line]))
  }
})

test("reads lines longer than a block, and names a line that is no record", () => {
  const file = join(folder, "long.jsonl")
  const journal = new Journal(file)
  const long = "x".repeat(3 * 2 ** 20)
  journal.add({ id: "a", reply: reply(long) })
  journal.add({ id: "b", reply: reply("short") })
  journal.close()
  const again = new Journal(file)
  expect(again.read("a")).toMatchObject({ reply: { text: long } })
  expect(again.read("b")).toMatchObject({ reply: { text: "short" } })
  again.close()
  appendFileSync(file, '{"id": "c"}\n')
  expect(() => new Journal(file)).toThrow(/long\.jsonl:3: The line is no record of a run/)
})
