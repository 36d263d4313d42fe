import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { checkData } from "./check-data.ts"
import type { DataProblem } from "./data-problem.ts"

const folder = mkdtempSync(join(tmpdir(), "check-data-"))

async function check(text: string | Uint8Array, images?: string): Promise<[line: number, rule: string][]> {
  const file = join(folder, "data.json")
  writeFileSync(file, text)
  const found: DataProblem[] = []
  for await (const problem of checkData(file, images === undefined ? {} : { images })) found.push(problem)
  return found.map(({ line, rule }) => [line, rule])
}

const human = (value: string) => ({ from: "human", value })
const gpt = (value: string) => ({ from: "gpt", value })
const sample = (id: string, ...conversations: unknown[]) => ({ id, image: "a.jpg", conversations })
const good = (id: string) => sample(id, human(`<image>\nWhat is ${id}?`), gpt("A boat."))

test("a good file has no problem, as array and as lines", async () => {
  const textOnly = { id: "t", conversations: [human("Hello?"), gpt("Hello.")] }
  const samples = [good("a"), textOnly, sample("c", human("<image>"), gpt("A caption."))]
  expect(await check(JSON.stringify(samples, null, 2))).toEqual([])
  expect(await check(samples.map((each) => JSON.stringify(each)).join("\n"))).toEqual([])
  expect(await check(`\uFEFF${JSON.stringify(samples)}`)).toEqual([])
})

test.each<[string, unknown, string[]]>([
  [
    "roles swapped",
    sample("x", gpt("A boat."), human("<image>\nWhat?")),
    ["roles-out-of-order", "roles-out-of-order", "no-answer", "placeholder-late"],
  ],
  ["a question last", sample("x", human("<image>\nWhat?"), gpt("A boat."), human("And?")), ["no-answer"]],
  ["an empty answer", sample("x", human("<image>\nWhat?"), gpt(" ")), ["empty-turn"]],
  ["no placeholder", sample("x", human("What?"), gpt("A boat.")), ["placeholder-missing"]],
  ["two placeholders", sample("x", human("<image>\n<image>\nWhat?"), gpt("A boat.")), ["placeholder-repeated"]],
  [
    "a placeholder in an answer",
    sample("x", human("<image>\nWhat?"), gpt("A boat. <image>")),
    ["placeholder-in-answer"],
  ],
  [
    "a late placeholder",
    sample("x", human("Hi."), gpt("Hi."), human("<image>\nWhat?"), gpt("A boat.")),
    ["placeholder-late"],
  ],
  ["no image", { id: "x", conversations: [human("<image>\nWhat?"), gpt("A boat.")] }, ["placeholder-without-image"]],
  ["an unknown role", sample("x", { from: "system", value: "x" }, gpt("y")), ["schema"]],
  ["no turns", sample("x"), ["schema"]],
  ["no id", { conversations: [human("a"), gpt("b")] }, ["schema"]],
  ["no object", "text", ["schema"]],
])("%s", async (_, bad, rules) => {
  const text = JSON.stringify([good("a"), bad, good("b")], null, 1)
  const line = JSON.stringify([good("a")], null, 1).split("\n").length
  expect(await check(text)).toEqual(rules.map((rule) => [line, rule]))
  const lines = [good("a"), bad, good("b")].map((each) => JSON.stringify(each)).join("\n\n")
  expect(await check(lines)).toEqual(rules.map((rule) => [3, rule]))
})

test("repeated samples are errors, repeated ids are not", async () => {
  const other = { ...good("a"), id: "b" }
  expect(await check([good("a"), good("a"), other].map((each) => JSON.stringify(each)).join("\n"))).toEqual([
    [2, "sample-repeated"],
    [3, "sample-repeated"],
  ])
  const again = { ...good("b"), id: "a" }
  expect(await check([good("a"), again].map((each) => JSON.stringify(each)).join("\n"))).toEqual([[2, "id-repeated"]])
})

test("images that are not in the folder", async () => {
  writeFileSync(join(folder, "a.jpg"), "x")
  const samples = [good("a"), { ...good("b"), image: "gone.jpg" }]
  expect(await check(samples.map((each) => JSON.stringify(each)).join("\n"), folder)).toEqual([[2, "image-missing"]])
})

test("broken files", async () => {
  expect(await check("[\n{},\n")).toContainEqual([3, "array-not-closed"])
  const array = JSON.stringify([good("a"), good("b")], null, 1)
  expect(await check(array.slice(0, -1))).toEqual([[array.split("\n").length, "array-not-closed"]])
  const cut = array.slice(0, array.indexOf('"b"'))
  const line = array.slice(0, array.lastIndexOf("{", array.indexOf('"b"'))).split("\n").length
  expect(await check(cut)).toEqual([[line, "not-json"]])
  expect(await check(`${JSON.stringify([good("a")])}\n{"x"`)).toEqual([[2, "not-json"]])
  expect(await check(`${JSON.stringify(good("a"))}\n<html>`)).toEqual([[2, "not-json"]])
  expect(await check("")).toEqual([[1, "no-samples"]])
  expect(await check("[]")).toEqual([[1, "no-samples"]])
  await expect(
    check(Buffer.concat([Buffer.from(`${JSON.stringify(good("a"))}\n`), Buffer.from([0xff])])),
  ).rejects.toThrow(/data\.json:2: The bytes are not UTF-8/)
})
