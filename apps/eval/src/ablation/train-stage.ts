import { createHash } from "node:crypto"
import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { AppError } from "@llava/app-common"
import { runTrainer } from "@llava/trainer"
import { readText } from "../files/read-text.ts"
import { say } from "../output/say.ts"
import type { Experiment } from "./ablation-schema.ts"
import { mixData } from "./mix-data.ts"
import { pathOrName } from "./path-or-name.ts"
import type { PlannedStage } from "./plan-stages.ts"

export interface TrainStageOptions {
  planned: PlannedStage
  /** What the stage goes on with: the model of the stage before, or the experiment's own. */
  from: Experiment["model"]
  seed: number
  /** Where mixed data goes. */
  output: string
  /** Makes a path of the file absolute. */
  resolve: (path: string) => string
  /** Train again what is there. */
  restart: boolean
}

/** Has the trainer do a stage, unless it is done, and gives the folder of the trained model. Errors: AppError "training-failed". */
export async function trainStage(options: TrainStageOptions): Promise<string> {
  const { planned, from, resolve, restart } = options
  const { name, stage, folder } = planned
  const done = join(folder, "done")
  const model = join(folder, "model")
  if (existsSync(done) && !restart) {
    say(`${name} is trained already: ${folder}`)
    return model
  }
  const data = await dataFile(options)
  const images = stage.images ?? (typeof stage.data === "string" ? dirname(stage.data) : undefined)
  const args = [
    ...["--recipe", existsSync(resolve(stage.recipe)) ? resolve(stage.recipe) : stage.recipe],
    ...modelArguments(from, resolve),
    ...["--data", data, "--output", folder],
    ...(images === undefined ? [] : ["--images", resolve(images)]),
    ...Object.entries(stage.set).flatMap(([key, value]) => ["--set", `${key}=${value}`]),
    ...(restart ? ["--restart"] : []),
  ]
  say(`training ${name} into ${folder}`)
  const code = await runTrainer(args)
  if (code !== 0) {
    throw new AppError(`The stage ${name} was not trained to its end (exit code ${code}).`, {
      code: "training-failed",
      fix: "The same command goes on with it.",
    })
  }
  writeFileSync(done, "")
  return model
}

function modelArguments(from: Experiment["model"], resolve: (path: string) => string): string[] {
  const template = from.template === undefined ? [] : ["--template", from.template]
  if ("name" in from) return ["--model", pathOrName(from.name, resolve), ...template]
  const { encoder, languageModel, projector, selectLayer } = from
  return [
    ...["--encoder", pathOrName(encoder, resolve), "--language-model", pathOrName(languageModel, resolve)],
    ...(projector === undefined ? [] : ["--projector", projector]),
    ...[selectLayer ?? []].flat().flatMap((layer) => ["--select-layer", String(layer)]),
    ...template,
  ]
}

async function dataFile({ planned, seed, output, resolve }: TrainStageOptions): Promise<string> {
  const { data } = planned.stage
  if (typeof data === "string") return resolve(data)
  const shares = await Promise.all(
    data.map(async ({ file, share }) => ({ file, share, text: await readText(resolve(file)) })),
  )
  const lines = mixData(shares, seed).map((sample) => `${JSON.stringify(sample)}\n`)
  const hash = createHash("sha256")
    .update(JSON.stringify([data, seed]))
    .digest("hex")
    .slice(0, 12)
  const file = join(output, "data", `mix-${hash}.jsonl`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, lines.join(""))
  return file
}
