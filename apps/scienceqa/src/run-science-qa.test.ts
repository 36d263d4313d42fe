import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { afterAll, describe, expect, test, vi } from "vitest"
import { fixturePath } from "#testing"
import { runScienceQA } from "./run-science-qa.ts"
import { madeProblems, makeScienceQAFolder } from "./testing/science-qa-folder.ts"

const folder = makeScienceQAFolder()
const folders = [folder]
afterAll(() => {
  for (const made of folders) rmSync(made, { recursive: true })
})

const write = (name: string, text: string | Uint8Array) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const testIds = ["11", "12", "13", "14", "15", "16", "17", "18"]
const letter = (id: string) => "ABC"[madeProblems()[id]!.answer]!
const line = (id: string, text: string, more = {}) => JSON.stringify({ question_id: id, text, ...more })
/** Right but for problems 12 and 15; 17 names no choice. */
const said = (id: string) =>
  id === "12"
    ? "The answer is B."
    : id === "15"
      ? "It is <b>long</b>. The answer is C."
      : id === "17"
        ? "?"
        : letter(id)
const answers = write("answers.jsonl", testIds.map((id) => line(id, said(id), { model_id: "m" })).join("\n"))

async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const out = vi.spyOn(process.stdout, "write").mockImplementation((_, ...rest) => {
    for (const callback of rest) if (typeof callback === "function") callback()
    return true
  })
  const error = vi.spyOn(process.stderr, "write").mockReturnValue(true)
  try {
    const code = await runScienceQA(args)
    const text = (spy: { mock: { calls: unknown[][] } }) => spy.mock.calls.map(([first]) => String(first)).join("")
    return { code, stdout: text(out), stderr: text(error) }
  } finally {
    out.mockRestore()
    error.mockRestore()
  }
}

describe("prepare", () => {
  test("writes LLaVA's training file, and says where its pictures are", async () => {
    const output = join(folder, "prepared")
    const { code, stdout } = await run("prepare", "--data", folder, "--output", output, "--json")
    expect(code).toBe(0)
    const file = join(output, "llava_train_QCM-LEA.json")
    const images = join(folder, "images/train")
    expect(JSON.parse(stdout)).toEqual({ file, images, samples: 8, withImage: 4, unexplained: 0 })
    expect(JSON.parse(readFileSync(file, "utf8")).slice(0, 2)).toEqual([
      {
        id: "1",
        conversations: [
          {
            from: "human",
            value: "Which is it, 1?\nContext: Look & see.\nOptions: (A) a line (B) a spot (C) both <of> them",
          },
          { from: "gpt", value: "Lines are long. It is that, 1. The answer is B." },
        ],
      },
      {
        id: "2",
        image: "2/image.png",
        conversations: [
          { from: "human", value: "Which is it, 2?\nContext: N/A\nOptions: (A) a line (B) a spot\n<image>" },
          { from: "gpt", value: "Lines are long. It is that, 2. The answer is A." },
        ],
      },
    ])
  })

  test("names pictures of several splits from the folder above them", async () => {
    const output = join(folder, "prepared")
    const made = await run(
      "prepare",
      "--data",
      folder,
      "--split",
      "both",
      "--format",
      "v1.5",
      "--output",
      output,
      "--json",
    )
    expect(JSON.parse(made.stdout)).toMatchObject({ images: join(folder, "images"), samples: 16, withImage: 8 })
    const samples = JSON.parse(readFileSync(join(output, "llava_both_v1.5.json"), "utf8"))
    expect(samples[1]).toMatchObject({ image: "train/2/image.png" })
    expect(samples[9]).toMatchObject({ image: "test/12/image.png" })
    expect(samples[1].conversations[0].value).toBe("<image>\nWhich is it, 2?\nA. a line\nB. a spot")
  })

  test("adds captions to the context, and leaves out what it is told to", async () => {
    const captions = write("captions.json", JSON.stringify({ model: "x", captions: { 2: "A thing." } }))
    const splits = write("more.json", JSON.stringify({ train: ["1", "2", "99"] }))
    const output = join(folder, "prepared")
    const args = ["prepare", "--data", folder, "--captions", captions, "--splits", splits, "--output", output]
    expect((await run(...args)).stderr).toMatch(/problems\.json: 1 of the 3 problems of split "train" are absent: 99/)
    const { stderr } = await run(...args, "--skip-absent", "--limit", "2")
    expect(stderr).toMatch(/1 problems of train are not in it/)
    const samples = JSON.parse(readFileSync(join(output, "llava_train_QCM-LEA.json"), "utf8"))
    expect(samples).toHaveLength(2)
    expect(samples[1].conversations[0].value).toContain("Context: A thing.\n")
  })

  test("refuses pictures that are missing, by name, unless told to leave them out", async () => {
    const other = makeScienceQAFolder()
    folders.push(other)
    rmSync(join(other, "images/train/4"), { recursive: true })
    const args = ["prepare", "--data", other, "--output", join(other, "prepared"), "--json"]
    const refused = await run(...args)
    expect(refused).toMatchObject({ code: 1, stdout: "" })
    expect(refused.stderr).toMatch(/1 pictures are not in .*images: 4\/image\.png\..*--skip-missing-images/)
    const skipped = await run(...args, "--skip-missing-images")
    expect(JSON.parse(skipped.stdout)).toMatchObject({ samples: 7, withImage: 3 })
    expect(skipped.stderr).toContain("1 problems are left out, whose pictures are not in")
    const pictured = await run(...args, "--pictured")
    expect(JSON.parse(pictured.stdout)).toMatchObject({ samples: 3, withImage: 3 })
    rmSync(join(other, "images"), { recursive: true })
    expect((await run(...args, "--pictured")).stderr).toMatch(/No problem of the split train is left/)
  })
})

describe("score", () => {
  test("has the figures beside chance and the published rows", async () => {
    const { code, stdout, stderr } = await run("score", "--data", folder, "--predictions", answers, "--json")
    expect(code, stderr).toBe(0)
    const json = JSON.parse(stdout)
    expect(json).toMatchObject({ correct: 5, total: 8, unparsed: 1, model: "m", layout: "answer lines with model" })
    // Half of the problems have two choices, half have three.
    expect(json.chance.AVG).toBeCloseTo(41.67)
    expect(json.intervals.AVG.low).toBeLessThan(62.5)
    expect(json.reasoning.compared).toBe(8)
    expect(json.published).toContainEqual(expect.objectContaining({ name: "LLaVA" }))
    expect(stderr).toMatch(/1 texts name no choice: 17 \(line 7\)/)
    const table = await run("score", "--data", folder, "--predictions", answers)
    expect(table.stdout).toMatch(/\| m +\| 62\.50 \|/)
    expect(table.stdout).toMatch(/\| chance .* 41\.67 \|\n/)
    expect(table.stdout).toMatch(/\| LLaVA, published .* 90\.92 \|/)
    expect(table.stdout).toContain("5 of 8 right; 1 unparsed, 0 out of range, 0 missing")
  })

  test("over pictured problems alone, and from gzip", async () => {
    const packed = write("answers.jsonl.gz", gzipSync(readFileSync(answers)))
    const { stdout } = await run("score", "--data", folder, "--pictured", "--predictions", packed, "--json")
    expect(JSON.parse(stdout)).toMatchObject({ total: 4, correct: 3, otherSplit: 0, unknown: 0 })
  })
})

test("ensemble from files: complement, judge, upper bound", async () => {
  const text = write(
    "text.jsonl",
    testIds.map((id) => line(id, id === "11" ? "C" : id === "13" ? "?" : letter(id))).join("\n"),
  )
  const requery = write("requery.jsonl", line("11", letter("11")))
  const args = ["ensemble", "--data", folder, "--predictions", answers, "--text-predictions", text]
  const { stdout } = await run(...args, "--requery", requery, "--json")
  expect(JSON.parse(stdout)).toMatchObject({
    ...{ model: { correct: 5 }, textModel: { correct: 6 }, complement: { correct: 7 }, judge: { correct: 5 } },
    ...{ upperBound: { correct: 8 }, bothRight: 3, bothWrong: 0, textUnparsed: 1 },
  })
  expect((await run(...args)).stdout).toMatch(/\| complement +\| +87\.50 \|/)
})

describe("report", () => {
  test("is one page with the table, confusion and every wrong answer", async () => {
    mkdirSync(join(folder, "images/test/15"))
    for (const name of ["choice_0.png", "choice_1.png"]) {
      writeFileSync(
        join(folder, "images/test/15", name),
        readFileSync(fixturePath("image-processor/images/drawn-333x217.png")),
      )
    }
    writeFileSync(join(folder, "images/test/15/broken.png"), "no picture")
    const output = join(folder, "deep/report.html")
    const args = [
      "report",
      "--data",
      folder,
      "--predictions",
      answers,
      "--text-predictions",
      answers,
      "--output",
      output,
    ]
    const { code, stdout, stderr } = await run(...args)
    expect(code, stderr).toBe(0)
    expect(stdout).toContain("5 of 8 right, 3 wrong answers shown")
    const page = readFileSync(output, "utf8")
    expect(page).not.toMatch(/https?:\/\/|<script|<link|src="(?!data:)/)
    for (const row of ["m", "chance", "complement", "LLaVA, published"]) expect(page).toContain(`<tr><th>${row}</th>`)
    expect(page.match(/<article/g)).toHaveLength(3)
    for (const id of ["12", "15", "17"]) expect(page).toContain(`<article id="problem-${id}">`)
    // One picture of problem 12, two of the choices of 15 and one that is none.
    expect(page.match(/<img src="data:image\/webp;base64,/g)).toHaveLength(3)
    expect(page.match(/A picture that cannot be read/g)).toHaveLength(1)
    expect(page).toContain("It is &lt;b&gt;long&lt;/b&gt;. The answer is C.")
    expect(page).toContain('<li class="right"><b>B</b> a spot</li>')
    expect(page).toContain('<li class="wrong"><b>C</b> both &lt;of&gt; them</li>')
    expect(page).toMatch(/<b>spots<\/b>: 4 of 5 right \(80\.0 %; chance 40\.0 %\)/)
    expect(page).toMatch(/<b>lines<\/b>: 1 of 3 right/)
  })
})

describe("bad input is refused, or counted, by name and line", () => {
  const scored = (id: string) => line(id, letter(id))
  const broken: [what: string, text: string, message: RegExp][] = [
    ["no answers at all", "", /bad\.jsonl: The file is empty/],
    ["a line that is cut", `${scored("11")}\n${scored("12").slice(0, 20)}`, /bad\.jsonl:2: The line is not JSON/],
    [
      "an answer twice",
      `${scored("11")}\n${scored("12")}\n${scored("11")}`,
      /bad\.jsonl:3: The question 11 is answered twice/,
    ],
    [
      "answers of two models",
      `${line("11", "A", { model_id: "a" })}\n${line("12", "A", { model_id: "b" })}`,
      /bad\.jsonl:2: .*answered by b/,
    ],
    [
      "answers of another split",
      `${scored("1")}\n${scored("2")}`,
      /bad\.jsonl:1: None of the 2 answers .*another split/,
    ],
    ["answers to nothing known", `${line("500", "A")}\n`, /bad\.jsonl:1: None of the 1 answers .*unknown/],
    [
      "an answer without text",
      '{"question_id": "11"}\n{"question_id": "12"}',
      /bad\.jsonl:1: The answer to 11 has no text/,
    ],
    ["results that are NaN", '{"results": {"11": NaN}}', /bad\.jsonl:1: results\.11 is/],
  ]
  const commands: [name: string, args: (file: string) => string[]][] = [
    ["score", (file) => ["--predictions", file]],
    ["ensemble", (file) => ["--predictions", answers, "--text-predictions", file]],
    ["report", (file) => ["--predictions", file, "--output", join(folder, "bad.html")]],
  ]
  describe.each(commands)("%s", (name, args) => {
    test.each(broken)("%s", async (_, text, message) => {
      const { code, stdout, stderr } = await run(name, "--data", folder, ...args(write("bad.jsonl", text)))
      expect(code).toBe(1)
      expect(stdout).toBe("")
      expect(stderr).toMatch(message)
    })
  })

  test("missing, of another split, unknown and out of range are counted", async () => {
    const some = [scored("11"), line("12", "C"), line("13", ""), scored("1"), line("500", "A")].join("\n")
    const file = write("some.jsonl", some)
    const { stdout, stderr } = await run("score", "--data", folder, "--predictions", file, "--json")
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ correct: 1, total: 8, missing: 5, outOfRange: 1, unparsed: 1, otherSplit: 1, unknown: 1 },
    })
    for (const part of ["1 (line 4)", "500 (line 5)", "12 (line 2)", "13 (line 3)", "14, 15, 16, 17, 18"]) {
      expect(stderr).toContain(part)
    }
  })

  const problems = madeProblems()
  const badProblems: [what: string, text: string, message: RegExp][] = [
    [
      "a label outside the choices",
      JSON.stringify({ ...problems, 11: { ...problems["11"], answer: 3 } }),
      /problem 11 .*answer/,
    ],
    ["a problem that is missing", JSON.stringify({ ...problems, 18: undefined }), /1 of the 8 problems .*absent: 18/],
    [
      "a problem twice",
      `{"11": ${JSON.stringify(problems["11"])},\n"11": ${JSON.stringify(problems["11"])}}`,
      /bad-problems\.json:2: 11 is there twice/,
    ],
    ["a file that is cut", JSON.stringify(problems).slice(0, 300), /bad-problems\.json:1: The file is not JSON/],
  ]
  test.each(badProblems)("problems with %s", async (_, text, message) => {
    const file = write("bad-problems.json", text)
    for (const [name, args] of [...commands, ["prepare", () => ["--split", "test", "--output", folder]] as const]) {
      const { code, stderr } = await run(name, "--data", folder, "--problems", file, ...args(answers))
      expect(code, name).toBe(1)
      expect(stderr, name).toMatch(message)
    }
  })

  test.each<[what: string, args: string[], message: RegExp]>([
    ["a file that is not there", ["score", "--predictions", "nowhere.jsonl"], /nowhere\.jsonl: There is no such file/],
    [
      "a split that is not there",
      ["score", "--split", "tset", "--predictions", answers],
      /no split "tset"\. It has train, test/,
    ],
    [
      "captions that are none",
      ["score", "--captions", answers, "--predictions", answers],
      /answers\.jsonl: It is not JSON/,
    ],
    [
      "no text-only model",
      ["ensemble", "--predictions", answers],
      /no answers of a text-only model\..*--text-model and --output/,
    ],
    [
      "a local text model without name",
      ["ensemble", "--predictions", answers, "--text-model", "local:", "--shots", "0", "--output", folder],
      /local: names no model/,
    ],
    [
      "too few solved problems",
      ["ensemble", "--predictions", answers, "--text-model", "x", "--shots", "9", "--output", folder],
      /9 problems are to be shown; the split train has 4/,
    ],
    [
      "a solved problem that is asked",
      ["ensemble", "--predictions", answers, "--text-model", "x", "--shot-ids", "11", "--output", folder],
      /--shot-ids 11 are not there, or asked/,
    ],
    ["a format that there is not", ["prepare", "--format", "QCM-X", "--output", folder], /Allowed choices are/],
    ["an option that there is not", ["score", "--predictions", answers, "--pictures"], /Did you mean --pictured\?/],
    ["a number that is none", ["prepare", "--limit", "0", "--output", folder], /a whole number of at least 1/],
  ])("%s", async (_, [name, ...args], message) => {
    const { code, stdout, stderr } = await run(name!, "--data", folder, ...args)
    expect(code).toBe(1)
    expect(stdout).toBe("")
    expect(stderr).toMatch(message)
  })
})

test("each command has help, and train has the trainer's", async () => {
  expect((await run("--help")).stdout).toContain("npm run scienceqa -- prepare")
  for (const name of ["prepare", "predict", "score", "ensemble", "report"]) {
    expect((await run(name, "--help")).stdout, name).toContain("--data <folder>")
  }
  const { code, stdout } = await run("train", "--help")
  expect(code).toBe(0)
  expect(stdout).toMatch(/^Usage: npm run scienceqa -- train/)
  expect(stdout).toMatch(/\(default:\s+scienceqa\)/)
  expect((await run("train", "--model", "m")).stderr).toContain("There is no data")
})
