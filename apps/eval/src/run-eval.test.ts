import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { fixturePath, withReference } from "#testing"

const program = fileURLToPath(new URL("main.ts", import.meta.url))
let folder = ""
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "llava-eval-"))
})
afterAll(() => rmSync(folder, { recursive: true }))

function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const command = ["--conditions=@llava/source", program, ...args]
    execFile(process.execPath, command, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
}

const cut = (name: string) => fixturePath("eval", name)
const scienceqa = ["--problems", cut("scienceqa/problems.json"), "--splits", cut("scienceqa/pid_splits.json")]
const pope = [
  ...["--questions", cut("pope/questions.jsonl"), "--annotations"],
  ...["random", "popular"].map((split) => `${split}=${cut(`pope/coco_pope_${split}.json`)}`),
]

describe("every scorer prints one JSON object with the fields that are promised", () => {
  test.each([
    {
      name: "scienceqa",
      args: [...scienceqa, "--split", "test", "--predictions", cut("scienceqa/llava_v1_3_13b.json")],
      json: {
        ...JSON.parse(readFileSync(cut("scienceqa/expected.json"), "utf8")),
        unparsed: 3,
        outOfRange: 1,
        missing: 0,
      },
    },
    {
      name: "ensemble",
      args: [...scienceqa, "--model", cut("scienceqa/llava_v1_3_13b.json"), "--text-model", cut("scienceqa/gpt3.json")],
      json: { complement: { accuracy: {} }, upperBound: { accuracy: {} }, model: { correct: 107 }, total: 122 },
    },
    {
      name: "llava-bench",
      args: ["--reviews", ...[1, 2, 3].map((index) => cut(`llava-bench/eval${index}.jsonl`))],
      json: { all: {}, llava_bench_conv: {}, failed: 0 },
    },
    {
      name: "pope",
      args: [...pope, "--predictions", cut("pope/answers.jsonl")],
      json: JSON.parse(readFileSync(cut("pope/expected.json"), "utf8")),
    },
    {
      name: "captions",
      args: ["--references", cut("captions/references.json"), "--predictions", cut("captions/results.json")],
      json: { BLEU: [0.575, 0.3984, 0.2809, 0.1986], ROUGE_L: 0.3967, CIDEr: 0.6825, meteorStages: ["exact", "stem"] },
    },
  ])("$name", async ({ name, args, json }) => {
    const { code, stdout, stderr } = await run("score", name, ...args, "--json")
    expect(code, stderr).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject(json)
    expect(stdout.trim()).not.toContain("\n")
    const table = await run("score", name, ...args)
    expect(table.stdout).toMatch(/^\| .*\|\n\|-/)
  })

  test("mm-vet", async () => {
    const judged = join(folder, "grades.json")
    writeFileSync(judged, '{"v1_0": {"score": [0.5, 1.0]}, "v1_1": {"score": [0.0]}}')
    const { stdout } = await run("score", "mm-vet", "--judged", judged, "--json")
    expect(JSON.parse(stdout)).toMatchObject({ total: 37.5, failed: 0 })
  })
})

test("mme, from a spreadsheet", async () => {
  const { stdout } = await run("score", "mme", "--results", cut("tables/mme.xlsx"), "--json")
  expect(JSON.parse(stdout)).toEqual({
    tasks: {
      code_reasoning: { accuracy: 75, accuracyPlus: 50, score: 125, questions: 4, unparsed: 0 },
      OCR: { accuracy: 50, accuracyPlus: 0, score: 50, questions: 2, unparsed: 1 },
    },
    ...{ perception: 50, cognition: 125, unparsed: 1 },
  })
})

test("reasoning beside lecture and solution, and labels", async () => {
  const problem = {
    question: "?",
    choices: ["a", "b"],
    answer: 0,
    lecture: "Cats are animals.",
    solution: "Felix purrs.",
  }
  const write = (name: string, value: unknown) => {
    writeFileSync(join(folder, name), JSON.stringify(value))
    return join(folder, name)
  }
  const files = [
    ...["--problems", write("lectures.json", { 1: problem }), "--splits", write("splits.json", { test: ["1"] })],
    ...["--predictions", write("reasons.json", { 1: "Cats are animals. Felix purrs. The answer is A." })],
  ]
  const { stdout } = await run("score", "reasoning", ...files, "--json")
  expect(JSON.parse(stdout)).toEqual({ rougeL: 1, bleu1: 1, bleu4: 1, compared: 1 })
  const labelled = write("labelled.json", [{ question_id: 1, image: "a.jpg", label: "cat" }])
  const zero = await run("score", "zero-shot", "--questions", labelled, "--predictions", write("p.json", { 1: "cat" }))
  expect(zero.stdout).toMatch(/all images +\| +100\.00 \| +1 of 1/)
})

test("gzip files are read wherever files are", async () => {
  const packed = (name: string) => {
    const path = join(folder, `${name.replaceAll("/", "-")}.gz`)
    writeFileSync(path, gzipSync(readFileSync(cut(name))))
    return path
  }
  const args = (read: (name: string) => string) => [
    ...[
      "score",
      "scienceqa",
      "--problems",
      read("scienceqa/problems.json"),
      "--splits",
      read("scienceqa/pid_splits.json"),
    ],
    ...["--predictions", read("scienceqa/gpt3.json"), "--json"],
  ]
  expect((await run(...args(packed))).stdout).toBe((await run(...args(cut))).stdout)
})

test("compare counts who is right where", async () => {
  const files = [cut("scienceqa/llava_v1_3_13b.json"), cut("scienceqa/gpt3.json")]
  const { stdout } = await run("compare", ...files, ...scienceqa, "--json")
  const { first, items, counts } = JSON.parse(stdout)
  expect(first * items).toBeCloseTo(107)
  expect(counts.bothRight + counts.onlyFirst).toBe(107)
})

test("compare reads short answers too", async () => {
  const write = (name: string, value: unknown) => {
    writeFileSync(join(folder, name), JSON.stringify(value))
    return join(folder, name)
  }
  const truths = write("truths.json", { 1: { answer: "cat" }, 2: { answer: "dog" } })
  const files = [write("one.json", { 1: "cat", 2: "cat" }), write("two.json", { 1: "cat", 2: "dog" })]
  const { stdout } = await run("compare", ...files, "--task", "gqa", "--annotations", truths, "--json")
  expect(JSON.parse(stdout)).toMatchObject({ first: 0.5, second: 1, counts: { onlySecond: 1 } })
})

test("the published figures by one command", async (context) => {
  const { stdout } = await run("published", "--data", withReference(context, "data"))
  expect(stdout).toMatch(
    /LLaVA v1\.3 13B +\| 90\.81 \| 95\.05 \| 88\.45 \| 89\.83 \| 88\.30 \| 91\.08 \| 91\.45 \| 90\.44 \| 91\.09/,
  )
  expect(stdout).toMatch(/complement of both .* 76\.70 \|/)
})

describe("mistakes end with 1 and one message", () => {
  test.each([
    ["an option that is missing", ["score", "scienceqa"], /eval: Required option '--problems <file>'/],
    ["a scorer that there is not", ["score", "foo"], /eval: Unknown command 'foo'/],
    [
      "a file that there is not",
      ["score", "llava-bench", "--reviews", "nowhere.jsonl"],
      /eval: nowhere\.jsonl: There is no such file/,
    ],
    [
      "annotations without a split",
      ["score", "pope", ...pope.slice(0, 3), "file.json", "--predictions", "x"],
      /eval: file\.json: Of which split/,
    ],
  ])("%s", async (_, args, message) => {
    const { code, stdout, stderr } = await run(...args)
    expect(code).toBe(1)
    expect(stdout).toBe("")
    expect(stderr).toMatch(message)
  })

  test("a review file that is cut in the middle of a line", async () => {
    const path = join(folder, "cut.jsonl")
    writeFileSync(path, readFileSync(cut("llava-bench/eval1.jsonl"), "utf8").slice(0, 700))
    const { code, stderr } = await run("score", "llava-bench", "--reviews", path, "--json")
    expect(code).toBe(1)
    expect(stderr).toMatch(/cut\.jsonl:\d+: The line is not JSON/)
  })
})
