import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseTrainingSamples } from "@llava/core"
import { beforeEach, describe, expect, it } from "vitest"
import { runDatagen } from "../command-line/run-datagen.ts"
import type { Terminal } from "../command-line/terminal.ts"
import { briefInstructions } from "./brief-instructions.ts"
import { runFilter } from "./run-filter.ts"

let folder = ""
let pairs = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "run-filter-"))
  pairs = join(folder, "pairs.jsonl")
})

function writePairs(captions: readonly string[], name = "pairs.jsonl"): void {
  const lines = captions.map((caption, index) => JSON.stringify({ image: `a/${index}.jpg`, caption }))
  writeFileSync(join(folder, name), `${lines.join("\n")}\n`)
}

describe("runFilter", () => {
  it("writes stage-1 samples with all the paper's instructions, the image first or last, and a manifest", async () => {
    writePairs(Array.from({ length: 300 }, () => "a dog on the grass"))
    const out = join(folder, "out")
    const manifest = await runFilter({ pairs, out, settings: { maximumPerPhrase: 250, seed: 3 } })
    expect(readdirSync(out).filter((name) => !name.startsWith("."))).toEqual(["data.json", "manifest.json"])
    const text = readFileSync(join(out, "data.json"), "utf8")
    const samples = parseTrainingSamples(text, "data.json")
    expect(samples).toHaveLength(manifest.counts.chosen)
    expect(JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"))).toEqual(manifest)
    expect(manifest).toMatchObject({ source: { file: "pairs.jsonl" }, settings: { seed: 3, lemmas: "none" } })

    const questions = samples.map(({ conversations }) => conversations[0]!.value)
    expect(new Set(questions.map((question) => question.replace(/^<image>\n|\n<image>$/, "")))).toEqual(
      new Set(briefInstructions),
    )
    const first = questions.filter((question) => question.startsWith("<image>\n")).length
    const last = questions.filter((question) => question.endsWith("\n<image>")).length
    expect(first + last).toBe(samples.length)
    expect(Math.min(first, last)).toBeGreaterThan(samples.length / 3)
    for (const { id, image, conversations } of samples) {
      expect(image).toBe(`${id}.jpg`)
      expect(conversations[1]).toEqual({ from: "gpt", value: "a dog on the grass" })
    }

    const again = join(folder, "again")
    await runFilter({ pairs, out: again, settings: { maximumPerPhrase: 250, seed: 3 } })
    expect(readFileSync(join(again, "data.json"), "utf8")).toBe(text)
    await expect(runFilter({ pairs, out })).rejects.toMatchObject({ code: "output-exists" })
  })

  it("reads JSON, JSON lines, descriptions, LLaVA samples and tables", async () => {
    const dogs = ["a dog", "the dog", "a dog"]
    const samples = dogs.map((caption, index) => ({
      id: `s${index}`,
      image: `${index}.jpg`,
      conversations: [
        { from: "human", value: "<image>\nWhat is this?" },
        { from: "gpt", value: caption },
      ],
    }))
    const files: [string, string, string[]][] = [
      ["array.json", JSON.stringify(dogs.map((caption, id) => ({ id, image: "x.jpg", caption }))), ["0", "1", "2"]],
      ["several.jsonl", JSON.stringify({ id: 5, image: "x.jpg", captions: dogs }), ["5", "5-2", "5-3"]],
      ["llava.json", JSON.stringify(samples, null, 2), ["s0", "s1", "s2"]],
      ["table.tsv", "a dog\tb/1.jpg\r\nthe dog\tb/2.jpg\n\na dog\tb/3.jpg", ["b/1", "b/2", "b/3"]],
    ]
    for (const [name, text, ids] of files) {
      writeFileSync(join(folder, name), text)
      const out = join(folder, `out-${name}`)
      await runFilter({ pairs: join(folder, name), out })
      const written = parseTrainingSamples(readFileSync(join(out, "data.json"), "utf8"), name)
      expect(written.map(({ id }) => id)).toEqual(ids)
    }
  })

  it.each([
    ["broken.jsonl", '{"image": "a.jpg", "caption": "a dog"}\n{"image": "b.jpg", "cap', /broken\.jsonl:2.*no pair/],
    ["none.jsonl", '\n{"caption": "a dog"}', /none\.jsonl:2/],
    ["web.tsv", "a dog\thttps://example.org/dog.jpg", /web\.tsv:1.*path of an image/],
    ["columns.tsv", "a dog", /columns\.tsv:1/],
  ])("names the line of %s that is no pair, and leaves nothing", async (name, text, message) => {
    writeFileSync(join(folder, name), text)
    const out = join(folder, "out")
    await expect(runFilter({ pairs: join(folder, name), out })).rejects.toThrow(message)
    expect(readdirSync(out).filter((file) => !file.startsWith("."))).toEqual([])
  })

  it("is the command `filter`", async () => {
    writePairs([...Array.from({ length: 8 }, () => "a dog"), "a cat", ""])
    const lines: string[] = []
    const terminal: Terminal = {
      environment: {},
      print: (line) => lines.push(line),
      note: (line) => lines.push(line),
      progress: () => {},
      columns: 0,
      signal: new AbortController().signal,
      exitCode: 0,
    }
    await runDatagen(["filter", pairs, "--out", join(folder, "out"), "--max-per-phrase", "5"], terminal)
    expect(lines).toEqual([
      "Read: 10 pairs; left out 1 empty, 0 with <image>, 0 without a phrase.",
      "Phrases: 2 different ones, 9 in all captions.",
      "Frequent enough: 1 phrases, in 8 captions.",
      "Chosen: 5 pairs; 1 phrases had more than one may bring in.",
      `5 samples in ${join(folder, "out")}`,
    ])
    expect(terminal.exitCode).toBe(0)
    await runDatagen(["filter", pairs, "--out", join(folder, "other"), "--min-frequency", "none"], terminal)
    expect(terminal.exitCode).toBe(1)
  })
})
