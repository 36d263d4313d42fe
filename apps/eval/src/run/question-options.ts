import { type ParseQuestionsOptions, type TaskDefaults, type TaskName, tasks } from "@llava/eval"

/** How a task's question files are read. */
export function questionOptions(task: TaskName): ParseQuestionsOptions {
  const { question, numberRepeated = false }: TaskDefaults = tasks[task]
  return { numberRepeated, ...(question !== undefined && { text: question }) }
}
