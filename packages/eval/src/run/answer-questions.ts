import { type Answer, LlavaError, type Message } from "@llava/core"
import { EvaluationError } from "../evaluation-error.ts"
import type { AnsweringModel } from "./answering-model.ts"
import type { EvaluationQuestion } from "./evaluation-question.ts"
import type { RunRecord } from "./run-record.ts"

export interface AnswerQuestionsOptions {
  model: AnsweringModel
  questions: readonly EvaluationQuestion[]
  /** Recorded beside each answer; its `decoding` is how they are made. */
  run: RunRecord
  /** The conversation that asks a question; see `composeMessages`. */
  ask: (question: EvaluationQuestion) => { messages: readonly Message[]; prompt: string }
  /** Ids (as strings) that have an answer already. */
  answered?: ReadonlySet<string>
  /** Questions side by side on the GPU; default 1. */
  batchSize?: number
  /** Told of a question that this model cannot answer, which is then left out; without it the run ends there. */
  onRefused?: (question: EvaluationQuestion, error: LlavaError) => void
  signal?: AbortSignal
}

/** An answer as answer files hold it. */
export type RunAnswer = Answer & { prompt: string; answer_id: string; model_id: string }

interface Asked {
  question: EvaluationQuestion
  messages: readonly Message[]
  prompt: string
  seed: number
}

/**
 * Asks a model every question that has no answer yet, and gives each answer as soon as it is there: append it to a file,
 * and a run that is stopped loses and repeats nothing. Sampling is seeded per question, so that it makes no difference
 * where a run was stopped or what is asked side by side.
 *
 * @throws EvaluationError `question-refused` with the question's id where the model cannot answer it.
 */
export async function* answerQuestions(options: AnswerQuestionsOptions): AsyncGenerator<RunAnswer> {
  const { questions, run, ask, answered = new Set(), batchSize = 1 } = options
  const waiting = [...questions.entries()].filter(([, { id }]) => !answered.has(String(id)))
  for (let at = 0; at < waiting.length; at += batchSize) {
    const batch = waiting
      .slice(at, at + batchSize)
      .map(([index, question]): Asked => ({ question, seed: run.decoding.seed + index, ...ask(question) }))
    yield* await answerBatch(batch, options)
  }
}

/** One that cannot be asked fails its whole batch, which then is asked one by one. */
async function answerBatch(batch: readonly Asked[], options: AnswerQuestionsOptions): Promise<RunAnswer[]> {
  const { model, run, onRefused, signal } = options
  signal?.throwIfAborted()
  const { seed: _, ...decoding } = run.decoding
  const rows = batch.map(({ messages, seed }) => ({ messages, seed }))
  try {
    const replies = await model.generateBatch({ rows, ...decoding, ...(signal && { signal }) })
    return replies.map((reply, row) => answerOf(batch[row]!, reply, run))
  } catch (cause) {
    if (signal?.aborted || !LlavaError.isInstance(cause)) throw cause
    if (batch.length === 1) {
      const { question } = batch[0]!
      if (onRefused === undefined || !isOfOneQuestion(cause)) {
        const refused = { code: "question-refused", file: `question ${question.id}`, cause }
        throw new EvaluationError(`It cannot be answered: ${cause.message}`, refused)
      }
      onRefused(question, cause)
      return []
    }
    if (!isOfOneQuestion(cause)) throw cause
  }
  const answers: RunAnswer[] = []
  for (const one of batch) answers.push(...(await answerBatch([one], options)))
  return answers
}

type Reply = Awaited<ReturnType<AnsweringModel["generateBatch"]>>[number]

function answerOf({ question, prompt }: Asked, { text, finishReason, usage }: Reply, run: RunRecord): RunAnswer {
  const { promptTokens, imageTokens, generatedTokens } = usage
  return {
    question_id: question.id,
    prompt,
    text: text.trim(),
    answer_id: `${run.model.name}:${question.id}`,
    model_id: run.model.name,
    metadata: { finishReason, promptTokens, imageTokens, generatedTokens, run },
  }
}

/** A prompt that is too long, a picture that cannot be read: another question may well be answered. */
function isOfOneQuestion({ code }: LlavaError): boolean {
  return code === "context-full" || (code.startsWith("image-") && code !== "image-decoder-missing")
}
