import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { dataMixes } from "./data-mixes.ts"
import { mergePatch } from "./merge-patch.ts"
import { mixData } from "./mix-data.ts"
import { parseAblation } from "./parse-ablation.ts"
import { planStages } from "./plan-stages.ts"

const pope = { task: "pope", questions: "q.jsonl", annotations: { random: "r.json" } }
const config = {
  name: "what matters",
  base: {
    model: { encoder: "clip", languageModel: "small", selectLayer: -2 },
    stages: {
      align: { recipe: "stage1", data: "captions.json" },
      tune: { recipe: "stage2", data: [{ file: "reason-first.json" }], set: { epochs: 1 } },
    },
    tasks: {
      pope,
      scienceqa: { task: "scienceqa", problems: "p.json", splits: "s.json", format: "QCM-LEA" },
    },
  },
  rows: [
    { name: "best" },
    { name: "last layer", change: { model: { selectLayer: -1 } } },
    {
      name: "answer first",
      change: {
        stages: { tune: { data: "answer-first.json" } },
        tasks: { scienceqa: { format: "QCM-ALE" } },
      },
    },
    { name: "no stage 1", change: { stages: { align: null } } },
    { name: "linear projector", change: { model: { projector: "linear" } } },
    { name: "larger", change: { model: { languageModel: "large" } } },
  ],
}
const row = (name: string) => parseAblation(config, "f.json").rows.find((found) => found.name === name)!.experiment
const folders = (name: string) => planStages(row(name), 0, "out").map(({ folder }) => folder)

describe("a table of experiments", () => {
  test("each row changes what it names", () => {
    expect(row("best").model).toEqual({ encoder: "clip", languageModel: "small", selectLayer: -2 })
    expect(row("last layer").model).toMatchObject({ encoder: "clip", selectLayer: -1 })
    expect(row("answer first").stages["tune"]!.data).toBe("answer-first.json")
    expect(row("answer first").tasks["scienceqa"]).toMatchObject({ format: "QCM-ALE", split: "test" })
    expect(Object.keys(row("no stage 1").stages)).toEqual(["tune"])
    expect(row("best").stages["tune"]!.data).toEqual([{ file: "reason-first.json", share: 1 }])
  })

  test("the documentation shows one", () => {
    const page = readFileSync(new URL("../../../../docs/evaluation.md", import.meta.url), "utf8")
    const shown = /```json\n([^`]*"rows"[^`]*)```/.exec(page)![1]!
    expect(parseAblation(JSON.parse(shown), "docs").rows).toHaveLength(6)
  })

  test("rows share the stages that they train alike, and no others", () => {
    const [align, tune] = folders("best")
    expect(folders("answer first")[0]).toBe(align)
    expect(folders("answer first")[1]).not.toBe(tune)
    const others = ["last layer", "linear projector", "larger"].map((name) => folders(name)[0])
    expect(new Set([align, ...others]).size).toBe(4)
    expect(folders("no stage 1")).not.toContain(tune)
    expect(align).toMatch(/^out\/models\/align-[0-9a-f]{12}$/)
  })

  test.each([
    ["two rows of one name", { ...config, rows: [{ name: "a" }, { name: "a" }] }, /f\.json: two rows are called "a"/],
    ["no rows", { ...config, rows: [] }, /f\.json: rows/],
    ["a key that is none", { ...config, colour: 1 }, /f\.json: .*colour/],
    [
      "a wrong row",
      { ...config, rows: [{ name: "odd", change: { tasks: { pope: { limit: -1 } } } }] },
      /f\.json: row "odd": tasks\.pope\.limit/,
    ],
    [
      "nothing to measure",
      { ...config, rows: [{ name: "odd", change: { tasks: { pope: null, scienceqa: null } } }] },
      /row "odd": tasks: there is nothing to measure/,
    ],
  ])("%s is refused", (_, value, message) => {
    expect(() => parseAblation(value, "f.json")).toThrow(message)
  })
})

test("merge patches are those of RFC 7396", () => {
  // From its appendix A.
  const cases: [unknown, unknown, unknown][] = [
    [{ a: "b" }, { a: "c" }, { a: "c" }],
    [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
    [{ a: "b" }, { a: null }, {}],
    [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
    [{ a: ["b"] }, { a: "c" }, { a: "c" }],
    [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
    [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
    [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
    [
      ["a", "b"],
      ["c", "d"],
      ["c", "d"],
    ],
    [{ a: "b" }, ["c"], ["c"]],
    [{ a: "foo" }, null, null],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: "b", c: null }, { a: "b" }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ]
  for (const [target, patch, result] of cases) expect(mergePatch(target, patch)).toEqual(result)
})

describe("mixes of data", () => {
  const file = (name: string, count: number) => ({
    file: `${name}.json`,
    text: JSON.stringify(
      Array.from({ length: count }, (_, index) => ({
        id: `${name} ${index}`,
        conversations: [
          { from: "human", value: "?" },
          { from: "gpt", value: "!" },
        ],
      })),
    ),
  })
  const ids = (seed: number, share: number) =>
    mixData(
      [
        { ...file("a", 40), share: 1 },
        { ...file("b", 200), share },
      ],
      seed,
    ).map(({ id }) => String(id))

  test("whole files, and shares drawn by the seed in the file's order", () => {
    const mixed = ids(0, 0.05)
    expect(mixed.slice(0, 40)).toEqual(Array.from({ length: 40 }, (_, index) => `a ${index}`))
    const drawn = mixed.slice(40).map((id) => Number(id.slice(2)))
    expect(new Set(drawn).size).toBe(10)
    expect(drawn).toEqual(drawn.toSorted((a, b) => a - b))
    expect(ids(0, 0.05)).toEqual(mixed)
    expect(ids(1, 0.05)).not.toEqual(mixed)
    expect(ids(0, 1)).toHaveLength(240)
  })

  test("a share of nothing is refused", () => {
    expect(() => ids(0, 0.001)).toThrow(/b\.json: 0\.001 of its 200 samples are none/)
  })

  test("the five of the paper", () => {
    const bench = { questions: "q", contexts: "c", rules: "r", reference: "a", judge: "gpt-4" }
    const files = { conversation: "conv", detail: "detail", complex: "complex" }
    const options = { ...files, model: "m", images: "i", recipe: "stage2", set: {}, seed: 0, bench }
    const { rows } = parseAblation(dataMixes(options), "data-mixes")
    const shares = rows.map(({ experiment }) => {
      const data = experiment.stages["tune"]?.data ?? []
      return typeof data === "string" ? data : data.map(({ file, share }) => `${share} ${file}`)
    })
    expect(shares).toEqual([
      ["1 conv", "1 detail", "1 complex"],
      ["1 detail", "1 complex"],
      ["1 conv", "0.05 detail", "0.1 complex"],
      ["1 conv"],
      [],
    ])
  })
})
