import type { AnswersLine, SampleAnswer } from "../metrics/answers-line.ts"
import type { MetricsLine } from "../metrics/metrics-line.ts"
import type { Curve } from "./curve.ts"
import { drawCurves } from "./draw-curves.ts"
import { escapeHtml } from "./escape-html.ts"
import type { RunReport } from "./run-report.ts"

/** Where a page finds a picture, by its path; undefined where it cannot be shown. */
export type ImageAddress = (path: string) => string | undefined

/** Figures, curves, answers and recipe of a run: the inside of the report's page and of the live one. */
export function reportBody({ recipe, metrics, validation, answers }: RunReport, address: ImageAddress): string {
  const curve = (key: keyof MetricsLine): Curve => ({
    name: key,
    points: metrics.map((line) => ({ x: line.step, y: line[key] })),
  })
  const validated: Curve = { name: "validation", points: validation.map(({ step, loss }) => ({ x: step, y: loss })) }
  const pictures = [
    drawCurves("Loss", [{ ...curve("loss"), name: "training" }, ...(validation.length > 0 ? [validated] : [])]),
    drawCurves("Learning rate", [curve("lr")]),
    drawCurves("Length of the gradient", [curve("gradNorm")]),
    drawCurves("Tokens per second", [curve("tokensPerSecond")]),
    drawCurves("Bytes on the GPU", [curve("gpuBytes")]),
  ]
  return [
    `<h1>${escapeHtml(String(recipe["name"] ?? "Training"))}</h1>`,
    figures(metrics, validation.at(-1)?.loss),
    `<div class="curves">${pictures.join("")}</div>`,
    answersSection(answers, address),
    `<details><summary>Recipe</summary><pre>${escapeHtml(JSON.stringify(recipe, undefined, 2))}</pre></details>`,
  ].join("\n")
}

function figures(metrics: readonly MetricsLine[], validationLoss: number | undefined): string {
  const last = metrics.at(-1)
  if (!last) return "<p>No step is done yet.</p>"
  const learned = metrics.reduce((sum, line) => sum + line.learnedTokens, 0)
  const shown: [string, string][] = [
    ["Steps", last.step.toLocaleString("en")],
    ["Loss", last.loss.toFixed(4)],
    ...(validationLoss === undefined ? [] : [["Validation loss", validationLoss.toFixed(4)] as [string, string]]),
    ["Learned tokens", learned.toLocaleString("en")],
  ]
  return `<dl>${shown.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join("")}</dl>`
}

/** A sample to a row: picture and question once, then what was answered after each of the steps, newest first. */
function answersSection(lines: readonly AnswersLine[], address: ImageAddress): string {
  const samples = lines.at(-1)?.answers ?? []
  if (samples.length === 0) return ""
  const rows = samples.map((sample, place) => {
    const pictures = sample.images.map((path) => picture(path, address)).join("")
    const given = lines.toReversed().flatMap(({ step, answers }) => {
      const answer = answers[place]
      return answer?.id === sample.id ? [`<li><b>${step}</b> ${said(answer)}</li>`] : []
    })
    return (
      `<article>${pictures}<div><p>${escapeHtml(sample.question)}</p><ol>${given.join("")}</ol>` +
      `<p class="expected"><b>Expected</b> ${escapeHtml(sample.expected)}</p></div></article>`
    )
  })
  return `<h2>Answers after steps</h2>${rows.join("\n")}`
}

function said({ answer, error }: SampleAnswer): string {
  return error === undefined ? escapeHtml(answer) : `<i>${escapeHtml(error)}</i>`
}

function picture(path: string, address: ImageAddress): string {
  const found = address(path)
  return found === undefined ? "" : `<img src="${escapeHtml(found)}" alt="${escapeHtml(path.split("/").at(-1)!)}">`
}
