import { join } from "node:path"
import { AppError, numberArgument, ProgressReport, readEnvironment } from "@llava/app-common"
import {
  type ClipScoreItem,
  clipScore,
  clipScorePrompt,
  formatTable,
  matchAnswers,
  parseAnswers,
  parseCaptionReferences,
  parseQuestions,
} from "@llava/eval"
import { Command } from "commander"
import { readText } from "../files/read-text.ts"
import { report } from "../output/report.ts"
import { checkImages } from "../run/check-images.ts"

interface Options {
  model: string
  questions: string
  images: string
  predictions: string
  references?: string
  batch: number
  offline?: boolean
  json?: boolean
}

/** `clip-score`: how near captions are to their images, in the eyes of a CLIP. */
export function clipScoreCommand(): Command {
  return new Command("clip-score")
    .description("CLIPScore of captions, and RefCLIPScore where there are references (Hessel et al. 2021)")
    .requiredOption("--model <name>", "the CLIP: a folder, a known name or a hub id; figures of different ones differ")
    .requiredOption("--questions <file>", "which image is whose: COCO's annotations, or { image_id, image } per line")
    .option("--images <folder>", "where they lie", ".")
    .requiredOption("--predictions <file>", "captions")
    .option("--references <file>", "reference captions")
    .option("--batch <n>", "captions that are computed together", numberArgument({ whole: true, minimum: 1 }), 16)
    .option("--offline", "use downloaded models only")
    .option("--json", "print one JSON object")
    .action(run)
}

async function run(options: Options): Promise<void> {
  const { questions } = parseQuestions(await readText(options.questions), options.questions, { text: "" })
  const predictions = parseAnswers(await readText(options.predictions), options.predictions)
  const ids = new Map(questions.map((question) => [String(question.id), question]))
  const { notes } = matchAnswers(ids, predictions)
  const references =
    options.references === undefined
      ? undefined
      : parseCaptionReferences(await readText(options.references), options.references)
  const captioned = questions.flatMap(({ id, image }) => {
    const caption = predictions.answers.get(String(id))?.text
    if (caption === undefined) return []
    if (image !== undefined) return [{ id: String(id), image, caption, references: references?.get(String(id)) ?? [] }]
    const fix = "Each line names an image."
    throw new AppError(`${options.questions}: ${id} has no image.`, { code: "record-invalid", fix })
  })
  checkImages(
    captioned.map(({ id, image }) => ({ id, image, text: "" })),
    options.images,
  )
  const hub = await readEnvironment(process.env)
  const { openClip } = await import("@llava/hub")
  await using clip = await openClip(options.model, { ...hub, offline: hub.offline || options.offline === true })
  const progress = ProgressReport.onStandardError()
  const items: ClipScoreItem[] = []
  for (let first = 0; first < captioned.length; first += options.batch) {
    const part = captioned.slice(first, first + options.batch)
    const images = await clip.embedImages(part.map(({ image }) => join(options.images, image)))
    const prompts = part.flatMap(({ caption, references: own }) => [caption, ...own])
    const texts = await clip.embedTexts(prompts.map((text) => `${clipScorePrompt}${text}`))
    let at = 0
    for (const [index, { id, references: own }] of part.entries()) {
      const [caption, ...others] = texts.slice(at, at + own.length + 1)
      at += own.length + 1
      items.push({ id, image: images[index]!, caption: caption!, references: others })
    }
    progress.update({ label: "embedding", done: items.length, total: captioned.length, unit: "captions" })
  }
  progress.finish()
  const { scores: _, ...json } = clipScore(items)
  const rows = [
    ["CLIPScore", json.clipScore.toFixed(4)],
    ["RefCLIPScore", json.refClipScore?.toFixed(4) ?? "-"],
  ]
  const model = options.model
  report({ json: { ...json, model }, table: formatTable([model, "score"], rows), notes }, options.json === true)
}
