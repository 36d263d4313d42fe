import { mkdir, writeFile } from "node:fs/promises"
import { openModel } from "@llava/hub"
import { saveLlava, writeImageDomain } from "@llava/model"
import type { Sprites, World } from "@llava/scenes"
import { tell } from "../view/tell.ts"
import { describeDomain } from "./evaluation/describe-domain.ts"
import { evaluateNano } from "./evaluation/evaluate-nano.ts"
import { nanoFiles } from "./nano-files.ts"
import { nanoImageDomain } from "./nano-image-domain.ts"
import type { NanoParts } from "./nano-parts.ts"
import type { NanoPhase } from "./nano-phases.ts"
import type { NanoPlan } from "./nano-plan.ts"
import { nanoReport } from "./report/nano-report.ts"

export interface FinishedNano {
  plan: NanoPlan
  world: World
  sprites: Sprites
  parts: NanoParts
  phases: readonly NanoPhase[]
  tokenizerJson: string
  output: string
  /** A folder of pictures that are no scenes, for the evaluation. */
  photographs?: string | undefined
  signal: AbortSignal
}

/**
 * Writes `OUTPUT/model`, in f16 and with all that transformers wants beside it, judges it on held-out scenes, and writes
 * `OUTPUT/nano.json` with the plan, `OUTPUT/evaluation.json` and `OUTPUT/report.html`.
 */
export async function finishNano(finished: FinishedNano): Promise<void> {
  const { plan, world, sprites, parts, phases, tokenizerJson, output, photographs, signal } = finished
  const folder = `${output}/model`
  await mkdir(folder, { recursive: true })
  for (const [name, text] of nanoFiles(tokenizerJson)) await writeFile(`${folder}/${name}`, text)
  await saveLlava(parts.llava, folder, { dtype: "F16" })
  const count = plan.questions
  await writeImageDomain(folder, await nanoImageDomain(parts.llava, { world, sprites, count, signal }))
  // As it is saved: what rounding to f16 costs is in the figures.
  await using llava = await openModel(folder, { device: parts.llava.device })
  const { evaluation, answered } = await evaluateNano({
    ...{ llava, clip: parts.clip, world, sprites, questions: plan.questions, photographs, signal },
    onProgress: (what) => tell(`Evaluation: ${what}`),
  })
  const { right, total, share } = evaluation.all
  tell(`${right} of ${total} held-out questions are answered rightly (${(100 * share).toFixed(1)} %).`)
  if (evaluation.domain) tell(describeDomain(evaluation.domain))
  await writeFile(`${output}/nano.json`, `${JSON.stringify(plan, undefined, 2)}\n`)
  await writeFile(`${output}/evaluation.json`, `${JSON.stringify(evaluation, undefined, 2)}\n`)
  const page = await nanoReport({ plan, evaluation, answered, sprites, folders: phases.map(phaseFolder(output)) })
  await writeFile(`${output}/report.html`, page)
  tell(`The model is ${folder}, the report ${output}/report.html.`)
}

const phaseFolder =
  (output: string) =>
  ({ name, title }: NanoPhase) => ({ title, folder: `${output}/${name}` })
