import { LlavaError } from "@llava/core"
import { describe, expect, test } from "vitest"
import type { RunRecord } from "../run/run-record.ts"
import { type AnswerProblemsOptions, answerProblems } from "./answer-problems.ts"
import { buildExample } from "./build-example.ts"
import { directInstruction } from "./compose-problem.ts"
import { parseAnswer } from "./parse-answer.ts"
import { parseProblems } from "./parse-problems.ts"
import type { ProblemAnsweringModel } from "./problem-answering-model.ts"

const problems = parseProblems(
  JSON.stringify(
    Object.fromEntries(
      ["10", "11", "12", "13", "14"].map((id, index) => [
        id,
        {
          question: `Which, ${id}?`,
          choices: ["Ohio", "Maine"],
          answer: index % 2,
          image: id === "11" ? "image.png" : "",
        },
      ]),
    ),
  ),
  "p.json",
)

const run: RunRecord = {
  ...{ task: "scienceqa", promptFormat: "QCM-LEA", shots: 0, shotStyle: null, template: "v1" },
  ...{ imageMode: "pad", selectLayers: [-2], selectFeature: "patch", versions: {} },
  decoding: { temperature: 0, topP: 1, maxNewTokens: 1024, seed: 7 },
  model: { name: "m", sha256: null },
}

type Batch = Parameters<ProblemAnsweringModel["generateBatch"]>[0]

/** A model whose words are given, and which notes what it was asked. */
function scripted(say: (text: string, begun: string | undefined) => string) {
  const batches: Batch[] = []
  const model: ProblemAnsweringModel = {
    async generateBatch(batch) {
      batches.push(batch)
      return batch.rows.map(({ messages, begun }) => ({
        text: say(JSON.stringify(messages), begun),
        finishReason: "stop",
        usage: { promptTokens: 5, imageTokens: 0, generatedTokens: 2 },
      }))
    },
    async score({ choices }) {
      return { scores: choices.map((choice) => -choice.length), tokenCounts: choices.map(({ length }) => length ** 2) }
    },
  }
  return { batches, model }
}

async function answers(options: Omit<AnswerProblemsOptions, "problems" | "run" | "format"> & { format?: "v1.5" }) {
  const all = []
  for await (const batch of answerProblems({ format: "QCM-LEA", ...options, problems, run })) all.push(batch)
  return all
}

test("asks in batches, in order, what has no answer yet; each problem with a seed of its own", async () => {
  const { batches, model } = scripted(() => " The answer is A. ")
  const found = await answers({ model, batchSize: 2, answered: new Set(["12"]) })
  expect(found.map((batch) => batch.map(({ question_id }) => question_id))).toEqual([
    ["10", "11"],
    ["13", "14"],
  ])
  expect(batches.flatMap(({ rows }) => rows.map(({ seed }) => seed))).toEqual([7, 8, 10, 11])
  expect(found[0]![0]).toMatchObject({ text: "The answer is A.", answer_id: "m:10", model_id: "m", metadata: { run } })
})

describe("how a problem is put", () => {
  const asked = async (options: Partial<AnswerProblemsOptions> & { format?: "v1.5" }) => {
    const { batches, model } = scripted(() => "A")
    const imageOf = (id: string) => (id === "11" ? "/images/11/image.png" : undefined)
    const [batch] = await answers({ model, imageOf, batchSize: 5, ...options })
    return { messages: batches[0]!.rows.map(({ messages }) => messages), answers: batch! }
  }

  test("the picture comes first or last, and the prompt says where", async () => {
    const { input } = buildExample(problems.get("11")!, "QCM-LEA")
    const first = await asked({})
    expect(first.messages[1]![0]!.content).toEqual([
      { type: "image", image: "/images/11/image.png" },
      { type: "text", text: input },
    ])
    expect(first.answers[1]!.prompt).toBe(`<image>\n${input}`)
    expect(first.answers[0]!.prompt).not.toContain("<image>")
    const last = await asked({ imagePlace: "last" })
    expect(last.answers[1]!.prompt).toBe(`${input}\n<image>`)
  })

  test("the layout v1.5 asks for the letter alone", async () => {
    const { answers: given } = await asked({ format: "v1.5" })
    expect(given[0]!.prompt).toBe(`Which, 10?\nA. Ohio\nB. Maine\n${directInstruction}`)
    expect((await asked({ direct: true })).answers[0]!.prompt).toContain(`\n${directInstruction}`)
  })

  test("shots are earlier turns", async () => {
    const shots = [problems.get("13")!]
    const { messages } = await asked({ shots })
    expect(messages[0]!.map(({ role }) => role)).toEqual(["user", "assistant", "user"])
    expect(messages[0]![1]!.content).toBe(buildExample(shots[0]!, "QCM-LEA").output)
  })
})

describe("methods", () => {
  test("two steps: the reasoning, then the letter after it", async () => {
    const { batches, model } = scripted((_, begun) => (begun === undefined ? "SOLUTION: because.\n" : " B."))
    const first = (await answers({ model, method: "two-step", batchSize: 5 }))[0]![0]!
    expect(batches[1]!.rows[0]!.begun).toBe("SOLUTION: because. ###\nANSWER:")
    expect(batches.map(({ maxNewTokens, stop }) => [maxNewTokens, stop])).toEqual([
      [1024, ["###"]],
      [64, ["###"]],
    ])
    expect(first.text).toBe("SOLUTION: because.\n The answer is B.")
    expect(parseAnswer(first.text)).toBe("B")
  })

  test("matched: words that name one choice become its letter, others stay", async () => {
    const { model } = scripted((text) =>
      text.includes("Which, 10") ? "It is Maine." : text.includes("11") ? "B" : "?",
    )
    const [batch] = await answers({ model, method: "matched", batchSize: 5 })
    expect(batch!.map(({ text }) => text).slice(0, 3)).toEqual(["It is Maine.\nThe answer is B.", "B", "?"])
  })

  test("letters and texts take the likeliest without writing, and record how likely each is", async () => {
    const { batches, model } = scripted(() => "never")
    const letters = await answers({ model, method: "letters" })
    expect(letters[0]![0]).toMatchObject({ text: "The answer is A.", metadata: { logProbabilities: [-15, -15] } })
    // By the mean over its tokens the longer text is likelier here.
    const texts = await answers({ model, method: "texts", format: "v1.5" })
    expect(texts[0]![0]).toMatchObject({ text: "B", metadata: { logProbabilities: [-1 / 4, -1 / 5] } })
    expect(batches).toEqual([])
    const lost = { ...model, score: async () => ({ scores: [Number.NaN, Number.NaN], tokenCounts: [1, 1] }) }
    expect((await answers({ model: lost, method: "letters" }))[0]![0]!.text).toBe("")
  })
})

describe("a problem that cannot be asked", () => {
  const failing = (code: string) =>
    scripted((text) => {
      if (text.includes("Which, 11")) throw new LlavaError("Too long.", { code })
      return "A"
    })

  test("is named, and the others of its batch are answered", async () => {
    const refused: string[] = []
    const { model } = failing("context-full")
    const found = await answers({ model, batchSize: 3, onRefused: (id) => refused.push(id) })
    expect(refused).toEqual(["11"])
    expect(found.flat().map(({ question_id }) => question_id)).toEqual(["10", "12", "13", "14"])
  })

  test("ends the run by name, unless told otherwise; other failures always do", async () => {
    await expect(answers({ model: failing("context-full").model, batchSize: 3 })).rejects.toThrow(
      /problem 11: It cannot be answered: Too long/,
    )
    const onRefused = () => undefined
    await expect(answers({ model: failing("device").model, batchSize: 3, onRefused })).rejects.toThrow("Too long.")
  })
})

test("an aborted run asks nothing more", async () => {
  const { batches, model } = scripted(() => "A")
  const controller = new AbortController()
  const collected: string[] = []
  const stopped = (async () => {
    for await (const batch of answerProblems({ model, problems, run, format: "QCM-A", signal: controller.signal })) {
      collected.push(...batch.map(({ question_id }) => String(question_id)))
      controller.abort(new Error("stop"))
    }
  })()
  await expect(stopped).rejects.toThrow("stop")
  expect(collected).toEqual(["10"])
  expect(batches).toHaveLength(1)
})
