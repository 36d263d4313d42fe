import { AppError } from "@llava/app-common"
import {
  buildExample,
  directInstruction,
  type EvaluationQuestion,
  type PromptFormat,
  parseQuestions,
  type TaskName,
} from "@llava/eval"
import { readProblems } from "../files/read-problems.ts"
import { readText } from "../files/read-text.ts"
import { questionOptions } from "./question-options.ts"
import type { RunQuestions } from "./run-task.ts"

export interface QuestionSource {
  task: TaskName
  questions: string
  /** ScienceQA's: pid_splits.json, the split in it, and how problems are asked. */
  splits?: string
  split?: string
  format?: PromptFormat
}

/** The questions of a run. ScienceQA's problems are recognised by their splits; its question files are read like others. */
export async function readRunQuestions(source: QuestionSource): Promise<RunQuestions> {
  const { task, questions: file, splits, split = "test", format = "QCM-LEA" } = source
  const text = await readText(file)
  if (splits === undefined) {
    const { questions } = parseQuestions(text, file, questionOptions(task))
    return { file, text, questions }
  }
  if (task !== "scienceqa") {
    throw new AppError("--splits belongs to scienceqa.", { code: "command-line", fix: `Leave it out for ${task}.` })
  }
  const { problems } = await readProblems({ problems: file, splits, split })
  const questions = [...problems].map(([id, problem]): EvaluationQuestion => {
    const { input } = buildExample(problem, format)
    const text = format === "v1.5" ? `${input}\n${directInstruction}` : input
    return { id, text, ...(problem.image !== "" && { image: `${id}/${problem.image}` }) }
  })
  return { file, text, questions }
}
