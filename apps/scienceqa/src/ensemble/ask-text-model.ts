import { JsonLinesJournal } from "@llava/app-common"
import { type Teacher, TeacherError } from "@llava/datagen"
import type { ChatMessage } from "@llava/eval"
import { inParallel } from "@llava/eval-app"
import { checkSameQuestions } from "./check-same-questions.ts"

export interface AskTextModelOptions {
  teacher: Teacher
  /** What each problem is asked, by id. */
  questions: ReadonlyMap<string, readonly ChatMessage[]>
  /** Replies, one a line, added to as they come. */
  output: string
  model: string
  seed: number
  /** What the replies depend on; recorded beside each. */
  run: object
  onReply?: (done: number, total: number) => void
  /** Told of a question that got no reply; the same command asks it again. */
  onFailure: (id: string, error: Error) => void
}

/**
 * Asks a text-only model every question that the file does not answer yet. Each reply is in the file before the next
 * question is asked in its place. Errors: TeacherError of scope `run`; AppError "run-differs".
 */
export async function askTextModel(options: AskTextModelOptions): Promise<void> {
  const { teacher, questions, output, model, seed, run, onReply, onFailure } = options
  using journal = new JsonLinesJournal(output)
  const answered = checkSameQuestions(journal.records, { run, questions }, output)
  const waiting = [...questions].filter(([id]) => !answered.has(id))
  let done = answered.size
  await inParallel(waiting, teacher.concurrency, async ([id, messages]) => {
    try {
      const { text, finishReason, usage } = await teacher.ask(messages, { seed })
      const metadata = { finishReason, usage, messages, date: new Date().toISOString(), run }
      journal.add({ question_id: id, text, answer_id: `${model}:${id}`, model_id: model, metadata })
      onReply?.(++done, questions.size)
    } catch (error) {
      // Another question may well be answered.
      if (!(error instanceof TeacherError) || error.scope === "run") throw error
      onFailure(id, error)
    }
  })
}
