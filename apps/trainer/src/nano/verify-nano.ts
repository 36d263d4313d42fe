import { readFile } from "node:fs/promises"
import { AppError } from "@llava/app-common"
import { openModel } from "@llava/hub"
import { findWorld, loadSprites } from "@llava/scenes"
import { type Device, openDevice } from "@llava/tensor"
import { readReport, trainObjective } from "@llava/train"
import { Interruption } from "../setup/interruption.ts"
import { tell } from "../view/tell.ts"
import { describeDomain } from "./evaluation/describe-domain.ts"
import { evaluateNano, type NanoEvaluation } from "./evaluation/evaluate-nano.ts"
import { nanoMaking } from "./nano-making.ts"
import type { NanoOptions } from "./nano-options.ts"
import type { NanoPhase } from "./nano-phases.ts"
import { type NanoPlan, nanoPlanSchema } from "./nano-plan.ts"

/** Steps of each phase that are done again. */
const STEPS = 100
/** How far a loss may be from the recorded one. */
const TOLERANCE = 1e-3

/**
 * Whether a finished run is what it says: the first steps of its first two phases, done again from its seeds, have the
 * recorded losses, and its model answers as many held-out questions as its evaluation says. Exit code 0 or 1.
 */
export async function verifyNano(folder: string, { photographs }: Pick<NanoOptions, "photographs">): Promise<number> {
  const plan = nanoPlanSchema.parse(JSON.parse(await readRun(`${folder}/nano.json`)))
  const recorded = JSON.parse(await readRun(`${folder}/evaluation.json`)) as NanoEvaluation
  const tokenizerJson = await readRun(`${folder}/model/tokenizer.json`)
  await using device = await openDevice()
  using interruption = new Interruption(() => tell("Stopping."))
  const { signal } = interruption
  const isReplayed = await replay(device, { folder, plan, tokenizerJson, signal })
  const isJudged = signal.aborted || (await judgeAgain(device, { folder, plan, recorded, photographs, signal }))
  return isReplayed && isJudged && !signal.aborted ? 0 : 1
}

interface ReplayInput {
  folder: string
  plan: NanoPlan
  tokenizerJson: string
  signal: AbortSignal
}

async function replay(device: Device, { folder, plan, tokenizerJson, signal }: ReplayInput): Promise<boolean> {
  let isSame = true
  for (const index of [0, 1]) {
    // Each from random weights of its own: the second phase does not read what the first has learned.
    const phase = (await nanoMaking(device, { plan, tokenizerJson })).phases[index]!
    const difference = await largestDifference(phase, `${folder}/${phase.name}`, signal)
    const isClose = difference <= TOLERANCE
    tell(
      `${phase.title}: losses are ${isClose ? "as recorded" : "not as recorded"} (at most ${difference.toExponential(1)} away).`,
    )
    isSame &&= isClose
    if (signal.aborted) return false
  }
  return isSame
}

async function largestDifference(phase: NanoPhase, folder: string, signal: AbortSignal): Promise<number> {
  const { metrics } = await readReport(folder)
  const enough = new AbortController()
  const last = Math.min(STEPS, metrics.length)
  let difference = 0
  for await (const { step, loss } of trainObjective({
    objective: phase.objective(),
    recipe: phase.recipe,
    batch: (number) => phase.batch(number),
    data: "replayed",
    signal: AbortSignal.any([signal, enough.signal]),
  })) {
    difference = Math.max(difference, Math.abs(loss - metrics[step - 1]!.loss))
    if (step === last) enough.abort()
  }
  return difference
}

interface JudgeInput {
  folder: string
  plan: NanoPlan
  recorded: NanoEvaluation
  photographs: string | undefined
  signal: AbortSignal
}

async function judgeAgain(
  device: Device,
  { folder, plan, recorded, photographs, signal }: JudgeInput,
): Promise<boolean> {
  await using llava = await openModel(`${folder}/model`, { device })
  const world = findWorld(plan.world)
  const sprites = await loadSprites(world)
  const { evaluation } = await evaluateNano({ llava, world, sprites, questions: plan.questions, photographs, signal })
  const { right, total } = evaluation.all
  const isSame = right === recorded.all.right && total === recorded.all.total
  tell(
    `${right} of ${total} held-out questions are answered rightly; recorded are ${recorded.all.right} of ${recorded.all.total}.`,
  )
  if (evaluation.domain) tell(describeDomain(evaluation.domain))
  return isSame
}

async function readRun(file: string): Promise<string> {
  return readFile(file, "utf8").catch((cause: unknown) => {
    throw new AppError(`${file} cannot be read.`, {
      code: "run-unfinished",
      fix: "Give the output folder of a run of the recipe nano that has ended.",
      cause,
    })
  })
}
