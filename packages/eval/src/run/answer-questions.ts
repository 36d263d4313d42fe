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
  /** Answers under way at once; default 1. */
  concurrency?: number
  /** Told of a question that this model cannot answer, which is then left out; without it the run ends there. */
  onRefused?: (question: EvaluationQuestion, error: LlavaError) => void
  signal?: AbortSignal
}

/** An answer as answer files hold it. */
export type RunAnswer = Answer & { prompt: string; answer_id: string; model_id: string }

/**
 * Asks a model every question that has no answer yet, and gives each answer as soon as it is there: append it to a file,
 * and a run that is stopped loses and repeats nothing. Sampling is seeded per question, so that it makes no difference
 * where a run was stopped.
 *
 * @throws EvaluationError `question-refused` with the question's id where the model cannot answer it.
 */
export async function* answerQuestions(options: AnswerQuestionsOptions): AsyncGenerator<RunAnswer> {
  const { questions, answered = new Set(), concurrency = 1, signal } = options
  const waiting = [...questions.entries()].filter(([, { id }]) => !answered.has(String(id))).values()
  // One question that fails stops the others: nobody would read their answers.
  const failed = new AbortController()
  const stop = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal
  const underWay = new Map<number, Promise<{ index: number; answer: RunAnswer | undefined }>>()
  const begin = () => {
    const next = waiting.next()
    if (next.done === true) return
    const [index, question] = next.value
    const reply = answer(question, index, options, stop).then((answer) => ({ index, answer }))
    // It may fail while the reader is busy with another answer; the race below will say so.
    reply.catch(() => undefined)
    underWay.set(index, reply)
  }
  try {
    for (let i = 0; i < concurrency; i++) begin()
    while (underWay.size > 0) {
      const { index, answer } = await Promise.race(underWay.values())
      underWay.delete(index)
      begin()
      if (answer !== undefined) yield answer
    }
  } finally {
    failed.abort()
    await Promise.allSettled(underWay.values())
  }
}

async function answer(
  question: EvaluationQuestion,
  index: number,
  { model, run, ask, onRefused }: AnswerQuestionsOptions,
  signal: AbortSignal,
): Promise<RunAnswer | undefined> {
  signal.throwIfAborted()
  const { messages, prompt } = ask(question)
  const { seed, ...decoding } = run.decoding
  try {
    const { text, finishReason, usage } = await model.generate({ ...decoding, messages, seed: seed + index, signal })
      .result
    const { promptTokens, imageTokens, generatedTokens } = usage
    return {
      question_id: question.id,
      prompt,
      text: text.trim(),
      answer_id: `${run.model.name}:${question.id}`,
      model_id: run.model.name,
      metadata: { finishReason, promptTokens, imageTokens, generatedTokens, run },
    }
  } catch (cause) {
    if (signal.aborted || !LlavaError.isInstance(cause)) throw cause
    if (onRefused === undefined || !isOfOneQuestion(cause)) {
      const refused = { code: "question-refused", file: `question ${question.id}`, cause }
      throw new EvaluationError(`It cannot be answered: ${cause.message}`, refused)
    }
    onRefused(question, cause)
    return undefined
  }
}

/** A prompt that is too long, a picture that cannot be read: another question may well be answered. */
function isOfOneQuestion({ code }: LlavaError): boolean {
  return code === "context-full" || (code.startsWith("image-") && code !== "image-decoder-missing")
}
