import { join } from "node:path"
import { JsonLinesJournal } from "@llava/app-common"
import type { LlavaError } from "@llava/core"
import {
  answerQuestions,
  chooseShots,
  composeMessages,
  type Decoding,
  describeRun,
  type EvaluationQuestion,
  type RunRecord,
  type ShotStyle,
  type TaskDefaults,
  type TaskName,
  tasks,
} from "@llava/eval"
import { fileIdentity } from "../files/file-identity.ts"
import type { EvaluatedModel } from "../model/open-evaluated-model.ts"
import { checkImages } from "./check-images.ts"
import { checkSameRun } from "./check-same-run.ts"
import { versions } from "./versions.ts"

/** The questions of a run, and the text of the file that they came from. */
export interface RunQuestions {
  file: string
  text: string
  questions: readonly EvaluationQuestion[]
}

export interface RunTaskOptions {
  task: TaskName
  model: EvaluatedModel
  questions: RunQuestions
  /** Where the images lie; questions without any need none. */
  images: string | undefined
  output: string
  decoding: Partial<Decoding>
  /** In place of the task's own instruction; "" for none. */
  instruction?: string | undefined
  /** ScienceQA's. */
  promptFormat?: string | undefined
  imagePlace?: "first" | "last" | undefined
  shots?: { count: number; style: ShotStyle; examples: readonly EvaluationQuestion[] } | undefined
  batchSize?: number | undefined
  /** Ask at most so many questions. */
  limit?: number | undefined
  restart?: boolean
  /** Leave out questions that the model cannot answer. */
  onRefused?: (question: EvaluationQuestion, error: LlavaError) => void
  onAnswer?: (done: number, total: number) => void
}

export interface RunTaskResult {
  answered: number
  /** Of them, in this run. */
  asked: number
}

/** Answers a benchmark's questions into a file, or those that it lacks. Errors: AppError "run-differs", "image-missing"; EvaluationError. */
export async function runTask(options: RunTaskOptions): Promise<RunTaskResult> {
  const { task, model, output, images = ".", shots } = options
  const questions = options.questions.questions.slice(0, options.limit)
  checkImages([...questions, ...(shots?.examples ?? [])], images)
  const run = recordOf(options)
  using journal = new JsonLinesJournal(output, { restart: options.restart })
  const answered = checkSameRun(journal.records, run, output)
  const seed = run.decoding.seed
  const before = questions.filter(({ id }) => answered.has(String(id))).length
  let done = before
  const answers = answerQuestions({
    model: model.model,
    questions,
    run,
    answered,
    ask: (question) =>
      composeMessages(question, {
        instruction: options.instruction ?? defaultsOf(task).instruction,
        labels: defaultsOf(task).labels,
        imagePath: (image) => join(images, image),
        ...(options.imagePlace !== undefined && { imagePlace: options.imagePlace }),
        ...(shots && {
          shots: chooseShots(question, { examples: shots.examples, count: shots.count, seed }),
          shotStyle: shots.style,
        }),
      }),
    ...(options.batchSize !== undefined && { batchSize: options.batchSize }),
    ...(options.onRefused && { onRefused: options.onRefused }),
  })
  for await (const answer of answers) {
    journal.add(answer)
    options.onAnswer?.(++done, questions.length)
  }
  return { answered: done, asked: done - before }
}

function recordOf(options: RunTaskOptions): RunRecord {
  const { task, model, questions, decoding, instruction, promptFormat, imagePlace, shots } = options
  const defaults = defaultsOf(task)
  const asked = instruction ?? defaults.instruction ?? ""
  return describeRun(model.model, {
    task,
    questions: fileIdentity(questions.file, questions.text),
    promptFormat: promptFormat ?? (asked === "" ? null : asked),
    ...(imagePlace !== undefined && { imagePlace }),
    shots: shots?.count ?? 0,
    shotStyle: shots?.style ?? null,
    decoding: { temperature: 0, topP: 1, maxNewTokens: defaults.maxNewTokens, seed: 0, ...decoding },
    model: model.identity,
    adapter: model.adapter,
    versions: versions(),
  })
}

function defaultsOf(task: TaskName): TaskDefaults {
  return tasks[task]
}
