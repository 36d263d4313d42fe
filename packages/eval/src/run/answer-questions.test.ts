import { type ContentPart, LlavaError } from "@llava/core"
import type { openModel } from "@llava/hub"
import { expect, test } from "vitest"
import { parseAnswers } from "../answers/parse-answers.ts"
import { type AnswerQuestionsOptions, answerQuestions, type RunAnswer } from "./answer-questions.ts"
import type { AnsweringModel } from "./answering-model.ts"
import { composeMessages } from "./compose-messages.ts"
import { describeRun } from "./describe-run.ts"

/** A model that repeats the question and its seed; `fails` are the questions that it cannot answer. */
function echo({ fails = {} }: { fails?: Record<string, Error> } = {}): AnsweringModel & { batches: number[] } {
  const batches: number[] = []
  return {
    batches,
    options: { template: { name: "v1" }, imageAspectRatio: "pad" },
    encoder: {},
    generateBatch: async ({ rows }) => {
      batches.push(rows.length)
      return rows.map(({ messages, seed }) => {
        const [part] = messages[0]!.content as readonly ContentPart[]
        const text = part?.type === "text" ? part.text : ""
        if (fails[text]) throw fails[text]
        const usage = { promptTokens: 1, imageTokens: 0, generatedTokens: 2 }
        return { text: ` ${text} ${seed}\n`, finishReason: "stop" as const, usage }
      })
    },
  }
}

const questions = Array.from({ length: 7 }, (_, id) => ({ id, text: `q${id}` }))
const decoding = { temperature: 0, topP: 1, maxNewTokens: 8, seed: 10 }
const asked = { task: "vqa", promptFormat: null, shots: 0, shotStyle: null, decoding }

async function collect(model: AnsweringModel, options: Partial<AnswerQuestionsOptions> = {}): Promise<RunAnswer[]> {
  const run = describeRun(model, { ...asked, model: { name: "echo", sha256: null }, versions: {} })
  const answers: RunAnswer[] = []
  for await (const answer of answerQuestions({
    model,
    questions,
    run,
    ask: (question) => composeMessages(question),
    ...options,
  })) {
    answers.push(answer)
  }
  return answers
}

test("what openModel opens is such a model", () => {
  const check = (model: Awaited<ReturnType<typeof openModel>>): AnsweringModel => model
  expect(check).toBeTypeOf("function")
})

test("answers in LLaVA's layout, each with what it depends on", async () => {
  const answers = await collect(echo())
  expect(answers.map(({ text }) => text)).toEqual(questions.map(({ text }, index) => `${text} ${10 + index}`))
  expect(answers[0]).toMatchObject({
    question_id: 0,
    prompt: "q0",
    answer_id: "echo:0",
    model_id: "echo",
    metadata: { finishReason: "stop", run: { ...asked, template: "v1", imageMode: "pad", selectLayers: [-2] } },
  })
  const lines = answers.map((answer) => JSON.stringify(answer)).join("\n")
  expect(parseAnswers(lines, "f")).toMatchObject({ model: "echo", layout: "answer lines with model" })
})

test("side by side they are the same answers, and those that are there already are not asked again", async () => {
  const model = echo()
  const together = await collect(model, { batchSize: 3 })
  expect(model.batches).toEqual([3, 3, 1])
  expect(together).toEqual(await collect(echo()))
  const rest = await collect(echo(), { answered: new Set(["0", "2", "5"]), batchSize: 2 })
  expect(rest).toEqual(together.filter(({ question_id }) => ![0, 2, 5].includes(Number(question_id))))
})

test("a question that cannot be answered ends the run by its id, or is left out on demand", async () => {
  const tooLong = new LlavaError("The prompt has 9 tokens.", { code: "context-full" })
  const fails = { q3: tooLong }
  await expect(collect(echo({ fails }))).rejects.toThrow(/question 3: It cannot be answered: The prompt has 9 tokens/)
  const refused: unknown[] = []
  const answers = await collect(echo({ fails }), {
    batchSize: 3,
    onRefused: ({ id }, error) => refused.push([id, error]),
  })
  expect(answers).toHaveLength(6)
  expect(refused).toEqual([[3, tooLong]])
  const lost = { q3: new LlavaError("The GPU is gone.", { code: "device-lost" }) }
  await expect(collect(echo({ fails: lost }), { onRefused: () => undefined })).rejects.toThrow(/The GPU is gone/)
})

test("an aborted run ends with the signal's reason", async () => {
  const signal = AbortSignal.abort(new Error("enough"))
  await expect(collect(echo(), { signal })).rejects.toThrow("enough")
})
