import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { fixturePath } from "#testing"
import { readContexts } from "../contexts/read-contexts.ts"
import { readKinds } from "../kinds/read-kinds.ts"
import { generateData } from "../run/generate-data.ts"
import { FixedTeacher } from "../run/testing/fixed-teacher.ts"
import { Histogram } from "./histogram.ts"
import { RootPairTagger } from "./root-pair-tagger.ts"
import { writeReport } from "./write-report.ts"

const folder = mkdtempSync(join(tmpdir(), "report-"))

test("a page about a run: counts, images inlined, boxes drawn, nothing loaded from elsewhere", async () => {
  const images = join(folder, "images")
  mkdirSync(images)
  const picture = readFileSync(fixturePath("image-processor/images/drawn-333x217.png"))
  writeFileSync(join(images, "harbour.jpg"), picture)
  const path = fileURLToPath(new URL("../../examples/contexts.jsonl", import.meta.url))
  const out = join(folder, "run")
  const { counts } = await generateData({
    contexts: await readContexts({ path }),
    kinds: await readKinds(["detail"]),
    teacher: new FixedTeacher(),
    out,
    images,
    attempts: 8,
  })
  expect(counts.kinds["detail"]?.samples).toBe(2)
  const file = await writeReport({ path: out })
  expect(file).toBe(join(out, "report.html"))
  const page = readFileSync(file, "utf8")
  expect(page).toContain(`src="data:image/jpeg;base64,${picture.toString("base64")}"`)
  // The other image is not there: its name stands in its place.
  expect(page).toContain('<div class="absent">kitchen.jpg</div>')
  expect(page).toContain('<i style="left:8.1%;top:51.2%;width:32.1%;height:29.9%;--hue:0"><em>boat</em></i>')
  expect(page.match(/<figure>/g)).toHaveLength(2)
  expect(page).toContain("<td>detail</td>")
  expect(page).not.toMatch(/(src|href)="(?!data:)|<script|url\(/)
  expect(await writeReport({ path: out, output: join(folder, "again.html") })).toBe(join(folder, "again.html"))
  expect(readFileSync(join(folder, "again.html"), "utf8")).toBe(page)
})

test("a page about anybody's data file; text is text", async () => {
  const sample = (id: number, value: string) => ({
    id,
    conversations: [
      { from: "human", value },
      { from: "gpt", value: "<b>Bold</b> & plain" },
    ],
  })
  const path = join(folder, "data.json")
  const samples = Array.from({ length: 50 }, (_, at) =>
    sample(at, at < 20 ? "Who is driving the bus?" : "Describe it."),
  )
  writeFileSync(path, JSON.stringify(samples, null, 1))
  const page = readFileSync(await writeReport({ path, samples: 5, seed: 3 }), "utf8")
  expect(page.match(/<article>/g)).toHaveLength(5)
  expect(page).toContain("&lt;b&gt;Bold&lt;/b&gt; &amp; plain")
  expect(page).toContain('<span>drive bus</span><div style="width:100.0%"></div><span>20</span>')
  const other = readFileSync(await writeReport({ path, samples: 5, seed: 4 }), "utf8")
  expect(other).not.toBe(page)
  writeFileSync(path, "[\n{},\n")
  await expect(writeReport({ path })).rejects.toThrow(/data\.json:2: This is no LLaVA sample/)
  await expect(writeReport({ path: folder })).rejects.toThrow(/manifest\.json is not there/)
})

test.each([
  ["What is the man holding?", "hold man"],
  ["How many people are eating pizzas?", "eat pizza"],
  ["Is there a dog?", "be dog"],
  ["Where?", undefined],
])("root of %s", (question, pair) => {
  expect(new RootPairTagger().rootPair(question)).toBe(pair)
})

test("histograms", () => {
  const histogram = new Histogram()
  expect(histogram.bins(3)).toEqual([])
  for (const value of [2, 3, 3, 9, 11]) histogram.add(value)
  expect(histogram.mean).toBeCloseTo(5.6)
  expect([histogram.quantile(0.5), histogram.quantile(0.9), histogram.quantile(1)]).toEqual([3, 11, 11])
  expect(histogram.bins(3)).toEqual([
    { from: 2, to: 5, count: 3 },
    { from: 6, to: 9, count: 1 },
    { from: 10, to: 13, count: 1 },
  ])
})
