import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { fixturePath } from "#testing"
import { ScriptedTeacherServer } from "../../packages/datagen/src/testing/scripted-teacher-server.ts"
import { runEval } from "./eval-process.ts"
import { makeTrainingFolder } from "./training-folder.ts"

const MINUTES = 60_000
const images = fixturePath("image-processor/images")
const set = { batchSize: 2, steps: 1, learningRate: 0.01 }
let folder = ""
const at = (...path: string[]) => join(folder, ...path)
const lines = (name: string, records: readonly object[]) => {
  writeFileSync(at(name), records.map((record) => `${JSON.stringify(record)}\n`).join(""))
  return at(name)
}

beforeAll(async () => {
  ;({ folder } = await makeTrainingFolder())
  const ask = (id: number) => ({ question_id: id, image: "drawn-333x217.png", text: "What?", category: "conv" })
  lines("questions.jsonl", [ask(1), ask(2)])
  lines("truths.jsonl", [
    { question_id: 1, answer: "Line" },
    { question_id: 2, answer: "No" },
  ])
})
afterAll(() => rmSync(folder, { recursive: true }))

test("one table of layer, projector and stages; what is there is kept", { timeout: 8 * MINUTES }, async () => {
  const stage = (recipe: string) => ({ recipe, data: "captions.jsonl", images, set })
  const config = {
    name: "model",
    base: {
      model: { encoder: fixturePath("clip-vision/model"), languageModel: "language-model" },
      stages: { align: stage("stage1"), tune: { ...stage("stage2"), set: { ...set, template: null } } },
      tasks: {
        gqa: { task: "gqa", questions: "questions.jsonl", annotations: "truths.jsonl", images, maxNewTokens: 4 },
      },
    },
    rows: [
      { name: "Base" },
      { name: "last layer", change: { model: { selectLayer: -1 } } },
      { name: "linear projector, no stage 1", change: { model: { projector: "linear" }, stages: { align: null } } },
      { name: "no tuning", change: { stages: { tune: null } } },
    ],
  }
  writeFileSync(at("ablation.json"), JSON.stringify(config))
  const run = () => runEval(["ablate", at("ablation.json"), "--output", at("out"), "--json"])
  const first = await run()
  expect(first.code, first.messages.join("\n")).toBe(0)
  const { rows } = JSON.parse(first.stdout)
  expect(rows.map(({ name }: { name: string }) => name)).toEqual(config.rows.map(({ name }) => name))
  for (const { figures } of rows) expect(figures.accuracy).toBeGreaterThanOrEqual(0)
  expect(readFileSync(at("out/table.md"), "utf8")).toMatch(/^\| model +\| accuracy \|\n\|-+\|-+:\|\n\| Base /)
  // The first and the last row share their alignment.
  expect(readdirSync(at("out/models"))).toHaveLength(5)
  const layerOf = (row: string) => {
    const text = readFileSync(at("out/rows", row, "gqa/answers.jsonl"), "utf8").split("\n", 1)[0]!
    return JSON.parse(text).metadata.run.selectLayers
  }
  expect([layerOf("base"), layerOf("last-layer")]).toEqual([[-2], [-1]])
  const again = await run()
  expect(again.stdout).toBe(first.stdout)
  expect(again.messages.join()).toContain("is trained already")
})

test("the table of data mixes as one command", { timeout: 8 * MINUTES }, async () => {
  const align = await runEval(["ablate", writeAlignment(), "--output", at("aligned")])
  expect(align.code, align.messages.join("\n")).toBe(0)
  const [stage] = readdirSync(at("aligned/models"))
  const answers = (text: string) => [1, 2].map((id) => ({ question_id: id, text, answer_id: `${id}` }))
  lines("reference.jsonl", answers("Lines."))
  lines("contexts.jsonl", [{ image: "drawn-333x217.png", captions: ["Lines."], instances: [] }])
  writeFileSync(at("rule.json"), JSON.stringify({ conv: { role: "Assistant", prompt: "Rate." } }))
  for (const kind of ["conversation", "detail", "complex"]) {
    lines(
      `${kind}.jsonl`,
      Array.from({ length: 10 }, (_, id) => ({
        id: `${kind} ${id}`,
        image: "drawn-333x217.png",
        conversations: [
          { from: "human", value: "<image>\nWhat?" },
          { from: "gpt", value: "Line." },
        ],
      })),
    )
  }
  await using server = await ScriptedTeacherServer.start({ reply: () => ({ text: "8 6\nWell." }) })
  const { code, stdout, messages } = await runEval([
    ...["data-mixes", "--model", at("aligned/models", stage!, "model"), "--recipe", "stage2", "--images", images],
    ...Object.entries({ ...set, template: null }).flatMap(([key, value]) => ["--set", `${key}=${value}`]),
    ...["conversation", "detail", "complex"].flatMap((kind) => [`--${kind}`, at(`${kind}.jsonl`)]),
    ...["--questions", at("questions.jsonl"), "--bench-images", images, "--contexts", at("contexts.jsonl")],
    ...["--rules", at("rule.json"), "--reference", at("reference.jsonl"), "--judge", "scripted"],
    ...["--base-url", server.url, "--max-new-tokens", "4", "--output", at("mixes")],
  ])
  expect(code, messages.join("\n")).toBe(0)
  const rows = stdout.trim().split("\n").slice(2)
  expect(rows.map((row) => row.split("|")[1]!.trim())).toEqual([
    "all",
    "detail + complex",
    "conversation + 5 % detail + 10 % complex",
    "conversation",
    "no instruction tuning",
  ])
  expect(new Set(rows.map((row) => row.split("|")[2]!.trim()))).toEqual(new Set(["75"]))
  expect(existsSync(at("mixes/rows/no-instruction-tuning/llava-bench/reviews.jsonl"))).toBe(true)
  const mixes = readdirSync(at("mixes/data")).map(
    (file) => readFileSync(at("mixes/data", file), "utf8").trim().split("\n").length,
  )
  expect(mixes.sort((a, b) => a - b)).toEqual([10, 12, 20, 30])
})

function writeAlignment(): string {
  const config = {
    name: "alignment",
    base: {
      model: { encoder: fixturePath("clip-vision/model"), languageModel: "language-model" },
      stages: { align: { recipe: "stage1", data: "captions.jsonl", images, set } },
      tasks: {
        gqa: { task: "gqa", questions: "questions.jsonl", annotations: "truths.jsonl", images, maxNewTokens: 4 },
      },
    },
    rows: [{ name: "aligned" }],
  }
  writeFileSync(at("alignment.json"), JSON.stringify(config))
  return at("alignment.json")
}
