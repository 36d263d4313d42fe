import { describe, expect, it } from "vitest"
import { DatasetError } from "./dataset-error.ts"
import { parseTrainingSamples } from "./parse-training-samples.ts"

const sample = (id: string | number) => ({
  id,
  image: "00001/a.jpg",
  conversations: [
    { from: "human", value: 'What, [then]?\n<image> \\" {' },
    { from: "gpt", value: "A taxi." },
  ],
})

describe("parseTrainingSamples", () => {
  it("reads arrays and lines, and keeps further keys", () => {
    const samples = [
      { ...sample("a"), model: "" },
      { ...sample(2), image: ["a.jpg", "b.jpg"] },
    ]
    expect(parseTrainingSamples(JSON.stringify(samples, null, 2), "a.json")).toEqual(samples)
    expect(parseTrainingSamples(samples.map((each) => JSON.stringify(each)).join("\n"), "a.jsonl")).toEqual(samples)
    expect(parseTrainingSamples("\uFEFF[]", "a.json")).toEqual([])
  })

  it("names file and line of a sample that is wrong", () => {
    const bad = { ...sample("c"), conversations: [{ from: "bot", value: "x" }] }
    const text = JSON.stringify([sample("a"), sample("b"), bad], null, 2)
    const line = text.split("\n").findIndex((each) => each.includes('"c"'))
    const parse = () => parseTrainingSamples(text, "train.json")
    expect(parse).toThrow(DatasetError)
    expect(parse).toThrow(expect.objectContaining({ file: "train.json", line, code: "sample-invalid" }))
    expect(parse).toThrow(/train\.json:\d+: Sample 2: conversations\.0\.from/)
    const lines = [sample("a"), bad].map((each) => JSON.stringify(each)).join("\n\n")
    expect(() => parseTrainingSamples(lines, "train.jsonl")).toThrow(expect.objectContaining({ line: 3 }))
  })

  it("names the line where a file is cut off", () => {
    const text = JSON.stringify([sample("a"), sample("b")], null, 2)
    const cut = text.slice(0, text.indexOf('"b"') + 1)
    expect(() => parseTrainingSamples(cut, "train.json")).toThrow(
      expect.objectContaining({ code: "file-invalid", line: cut.split("\n").length }),
    )
  })
})
