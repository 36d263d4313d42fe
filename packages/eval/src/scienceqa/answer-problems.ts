import { LlavaError, type Message } from "@llava/core"
import { EvaluationError } from "../evaluation-error.ts"
import type { RunAnswer } from "../run/answer-questions.ts"
import type { RunRecord } from "../run/run-record.ts"
import type { AnswerMethod } from "./answer-method.ts"
import { chooseAnswer } from "./choose-answer.ts"
import { type ComposeProblemOptions, composeProblem } from "./compose-problem.ts"
import { constrainAnswer } from "./constrain-answer.ts"
import { optionLetters, parseAnswer } from "./parse-answer.ts"
import type { Problem } from "./problem.ts"
import type { ProblemAnsweringModel } from "./problem-answering-model.ts"
import { joinSteps, letterCue } from "./two-step.ts"

export interface AnswerProblemsOptions extends Omit<ComposeProblemOptions, "image"> {
  model: ProblemAnsweringModel
  problems: ReadonlyMap<string, Problem>
  /** Recorded beside each answer; its `decoding` is how they are made. */
  run: RunRecord
  /** Default `free`. */
  method?: AnswerMethod
  /** Problems side by side on the GPU; default 1. */
  batchSize?: number
  /** Ids that have an answer already. */
  answered?: ReadonlySet<string>
  /** The file of a problem's picture; undefined for one that has none. */
  imageOf?: (id: string, problem: Problem) => string | undefined
  /** Told of a problem that this model cannot answer, which is then left out; without it the run ends there. */
  onRefused?: (id: string, error: LlavaError) => void
  signal?: AbortSignal
}

interface Asked {
  id: string
  problem: Problem
  messages: Message[]
  prompt: string
  seed: number
}

type Reply = Pick<RunAnswer, "text"> & { details: Record<string, unknown> }

/** Tokens in which the second step has to say its letter. */
const LETTER_TOKENS = 64

/**
 * Asks a model every problem that has no answer yet, and gives the answers batch by batch: append each batch to a file,
 * and a run that is killed loses and repeats nothing. Sampling is seeded per problem.
 *
 * @throws EvaluationError `question-refused` with the id of a problem that the model cannot answer.
 */
export async function* answerProblems(options: AnswerProblemsOptions): AsyncGenerator<RunAnswer[]> {
  const { problems, run, answered = new Set(), batchSize = 1, imageOf = () => undefined } = options
  const asked = [...problems]
    .map(([id, problem], index): Asked => {
      const image = imageOf(id, problem)
      return { id, problem, seed: run.decoding.seed + index, ...composeProblem(problem, { ...options, image }) }
    })
    .filter(({ id }) => !answered.has(id))
  for (let at = 0; at < asked.length; at += batchSize) {
    const batch = asked.slice(at, at + batchSize)
    const answers = await answerBatch(batch, options)
    if (answers.length > 0) yield answers
  }
}

/** One that cannot be asked fails its whole batch, which then is asked one by one. */
async function answerBatch(batch: readonly Asked[], options: AnswerProblemsOptions): Promise<RunAnswer[]> {
  const { signal, run } = options
  signal?.throwIfAborted()
  try {
    const replies = await reply(batch, options)
    return batch.map(({ id, prompt }, row) => ({
      question_id: id,
      prompt,
      text: replies[row]!.text,
      answer_id: `${run.model.name}:${id}`,
      model_id: run.model.name,
      metadata: { ...replies[row]!.details, run },
    }))
  } catch (cause) {
    if (signal?.aborted || !LlavaError.isInstance(cause)) throw cause
    const { id } = batch[0]!
    if (batch.length === 1) {
      if (options.onRefused === undefined || !isOfOneProblem(cause)) {
        const file = `problem ${id}`
        throw new EvaluationError(`It cannot be answered: ${cause.message}`, { code: "question-refused", file, cause })
      }
      options.onRefused(id, cause)
      return []
    }
    if (!isOfOneProblem(cause)) throw cause
  }
  const answers: RunAnswer[] = []
  for (const one of batch) answers.push(...(await answerBatch([one], options)))
  return answers
}

/** A prompt that is too long, a picture that cannot be read: another problem may well be answered. */
function isOfOneProblem({ code }: LlavaError): boolean {
  return code === "context-full" || (code.startsWith("image-") && code !== "image-decoder-missing")
}

async function reply(batch: readonly Asked[], options: AnswerProblemsOptions): Promise<Reply[]> {
  const { method = "free", model, format, signal } = options
  if (method === "letters" || method === "texts") {
    const replies: Reply[] = []
    for (const { messages, problem } of batch) {
      replies.push(await chooseAnswer(model, messages, { problem, format, by: method, signal }))
    }
    return replies
  }
  const { seed: _, ...decoding } = options.run.decoding
  const write = (rows: { messages: Message[]; seed: number; begun?: string }[], changes: object = {}) =>
    model.generateBatch({ rows, ...decoding, ...changes, ...(signal && { signal }) })
  if (method === "two-step") {
    const reasons = await write(rowsOf(batch), { stop: ["###"] })
    const begun = reasons.map(({ text }) => `${text.trim()}${letterCue}`)
    const rows = batch.map(({ messages, seed }, row) => ({ messages, seed, begun: begun[row]! }))
    const letters = await write(rows, { maxNewTokens: LETTER_TOKENS, stop: ["###"] })
    return letters.map(({ text, usage, finishReason }, row) => {
      const { text: reasoning, usage: before } = reasons[row]!
      const generatedTokens = usage.generatedTokens + before.generatedTokens
      return {
        text: joinSteps(reasoning.trim(), text.trim()),
        details: { finishReason, ...before, generatedTokens },
      }
    })
  }
  const written = await write(rowsOf(batch))
  return written.map(({ text, finishReason, usage }, row) => {
    const details = { finishReason, ...usage }
    const plain = text.trim()
    return { text: method === "matched" ? matched(plain, batch[row]!.problem) : plain, details }
  })
}

function rowsOf(batch: readonly Asked[]): { messages: Message[]; seed: number }[] {
  return batch.map(({ messages, seed }) => ({ messages, seed }))
}

/** The text, with the sentence that is parsed added where it names a choice in other words. */
function matched(text: string, { choices }: Problem): string {
  if (parseAnswer(text) !== undefined) return text
  const choice = constrainAnswer(text, choices)
  return choice === undefined ? text : `${text}\nThe answer is ${optionLetters[choice]}.`
}
