import { drawScene, type Sprites } from "@llava/scenes"
import { drawCurves, escapeHtml, readReport, reportPage } from "@llava/train"
import sharp from "sharp"
import type { AnsweredQuestion } from "../evaluation/ask-nano.ts"
import type { NanoEvaluation } from "../evaluation/evaluate-nano.ts"
import type { NanoPlan } from "../nano-plan.ts"
import { evaluationTables } from "./evaluation-tables.ts"

export interface NanoReportInput {
  plan: NanoPlan
  evaluation: NanoEvaluation
  answered: readonly AnsweredQuestion[]
  sprites: Sprites
  folders: readonly { readonly title: string; readonly folder: string }[]
}

/** Dialogues shown of each sort. */
const SHOWN = 16

/** One page about a nano: curves of all phases, what it is judged by, and dialogues beside their pictures, failures first. */
export async function nanoReport({ plan, evaluation, answered, sprites, folders }: NanoReportInput): Promise<string> {
  const curves = await Promise.all(
    folders.map(async ({ title, folder }) => {
      const { metrics } = await readReport(folder)
      return drawCurves(title, [{ name: "loss", points: metrics.map(({ step, loss }) => ({ x: step, y: loss })) }])
    }),
  )
  const wrong = answered.filter(({ isRight }) => !isRight)
  const right = answered.filter(({ isRight }) => isRight)
  const body = [
    "<h1>nano</h1>",
    `<p>A LLaVA trained from random weights on drawn scenes of the world <b>${escapeHtml(plan.world)}</b>, seed ${plan.seed}.</p>`,
    evaluationTables(evaluation),
    `<h2>Losses</h2><div class="curves">${curves.join("")}</div>`,
    await dialogues(`Failures (${wrong.length})`, spread(wrong), sprites),
    await dialogues("Right answers", spread(right), sprites),
    `<details><summary>Plan</summary><pre>${escapeHtml(JSON.stringify(plan, undefined, 2))}</pre></details>`,
  ]
  return reportPage(body.join("\n"))
}

/** Some of them, evenly from all kinds of questions. */
function spread(answered: readonly AnsweredQuestion[]): AnsweredQuestion[] {
  const every = Math.max(1, answered.length / SHOWN)
  return Array.from({ length: Math.min(SHOWN, answered.length) }, (_, i) => answered[Math.floor(i * every)]!)
}

async function dialogues(title: string, answered: readonly AnsweredQuestion[], sprites: Sprites): Promise<string> {
  const rows = await Promise.all(
    answered.map(async ({ question, answer }) => {
      const picture = question.scene
        ? `<img src="${await address(drawScene(question.scene, sprites))}" alt="scene">`
        : ""
      return (
        `<article>${picture}<div><p><b>${escapeHtml(question.question)}</b></p><p>${escapeHtml(answer)}</p>` +
        `<p class="expected"><b>Expected</b> ${escapeHtml(question.answer)}</p></div></article>`
      )
    }),
  )
  return `<h2>${escapeHtml(title)}</h2>${rows.join("\n")}`
}

async function address({ image }: ReturnType<typeof drawScene>): Promise<string> {
  const { width, height, data } = image
  const png = await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()
  return `data:image/png;base64,${png.toString("base64")}`
}
