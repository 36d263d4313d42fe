import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { AppError } from "@llava/app-common"
import { formatTable } from "@llava/eval"
import { openEvaluatedModel } from "../model/open-evaluated-model.ts"
import { say } from "../output/say.ts"
import { readRunQuestions } from "../run/read-run-questions.ts"
import { runTask } from "../run/run-task.ts"
import type { Experiment, MeasuredTask } from "./ablation-schema.ts"
import { type Figures, measureTask } from "./measure-task.ts"
import type { AblationPlan } from "./parse-ablation.ts"
import { pathOrName } from "./path-or-name.ts"
import { planStages } from "./plan-stages.ts"
import { trainStage } from "./train-stage.ts"

export interface RunAblationOptions {
  plan: AblationPlan
  output: string
  /** Makes a path of the file absolute. */
  resolve: (path: string) => string
  restart: boolean
}

export interface AblationResult {
  /** Of each row the figures of each task, by `task: column`. */
  rows: { name: string; figures: Figures }[]
  table: string
}

/**
 * Makes a table: trains each row's model, lets it answer, and scores the answers. What is there already is kept, so that
 * the same command goes on where it was stopped; stages that rows have in common are trained once. The table so far is in
 * `table.md` and `table.json` of the output folder after every row.
 */
export async function runAblation({ plan, output, resolve, restart }: RunAblationOptions): Promise<AblationResult> {
  mkdirSync(output, { recursive: true })
  const result: AblationResult = { rows: [], table: "" }
  const trained = new Set<string>()
  for (const { name, experiment } of plan.rows) {
    say(`row "${name}"`)
    let model: Experiment["model"] = experiment.model
    for (const planned of planStages(experiment, plan.seed, output)) {
      const again = restart && !trained.has(planned.folder)
      const { seed } = plan
      const folder = await trainStage({ planned, from: model, seed, output, resolve, restart: again })
      trained.add(planned.folder)
      model = { name: folder }
    }
    const figures = await measureRow({
      model,
      tasks: experiment.tasks,
      folder: join(output, "rows", slug(name)),
      resolve,
      restart,
    })
    result.rows.push({ name, figures })
    result.table = ablationTable(plan.name, result.rows)
    writeFileSync(join(output, "table.json"), `${JSON.stringify({ name: plan.name, rows: result.rows }, null, 2)}\n`)
    writeFileSync(join(output, "table.md"), `${result.table}\n`)
  }
  return result
}

interface MeasureRowOptions {
  model: Experiment["model"]
  tasks: Experiment["tasks"]
  folder: string
  resolve: (path: string) => string
  restart: boolean
}

async function measureRow({ model, tasks, folder, resolve, restart }: MeasureRowOptions): Promise<Figures> {
  const figures: Figures = {}
  const several = Object.keys(tasks).length > 1
  for (const [name, task] of Object.entries(tasks)) {
    const answers = join(folder, slug(name), "answers.jsonl")
    await answerTask(task, model, { answers, resolve, restart })
    const measured = await measureTask(task, answers, { resolve, folder: join(folder, slug(name)) })
    for (const [column, value] of Object.entries(measured)) figures[several ? `${name}: ${column}` : column] = value
  }
  return figures
}

async function answerTask(
  task: MeasuredTask,
  model: Experiment["model"],
  { answers, resolve, restart }: { answers: string; resolve: (path: string) => string; restart: boolean },
): Promise<void> {
  const source =
    task.task === "scienceqa"
      ? { questions: resolve(task.problems), splits: resolve(task.splits), split: task.split, format: task.format }
      : { questions: resolve(task.questions) }
  const questions = await readRunQuestions({ task: task.task, ...source })
  await using opened = await openForTask(model, resolve)
  await runTask({
    ...{ task: task.task, model: opened, questions, output: answers, restart },
    images: task.images === undefined ? undefined : resolve(task.images),
    decoding: task.maxNewTokens === undefined ? {} : { maxNewTokens: task.maxNewTokens },
    ...{ instruction: task.instruction, limit: task.limit },
    promptFormat: task.task === "scienceqa" ? task.format : undefined,
  })
}

/** Parts that no stage joins make no model that could answer. */
function openForTask(model: Experiment["model"], resolve: (path: string) => string) {
  const { template } = model
  const name = "name" in model ? pathOrName(model.name, resolve) : undefined
  if (name === undefined) {
    throw new AppError("A new model of an encoder and a language model cannot answer before it is trained.", {
      code: "ablation-invalid",
      fix: "Give the row a stage, or a model by name.",
    })
  }
  return openEvaluatedModel(name, { part: [], ...(template !== undefined && { template }) })
}

function ablationTable(name: string, rows: AblationResult["rows"]): string {
  const columns = [...new Set(rows.flatMap(({ figures }) => Object.keys(figures)))]
  const cell = (value: number | null | undefined) => (value == null ? "-" : String(value))
  return formatTable(
    [name, ...columns],
    rows.map((row) => [row.name, ...columns.map((column) => cell(row.figures[column]))]),
  )
}

function slug(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-|-$/g, "") || "row"
  )
}
