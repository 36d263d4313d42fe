import { join } from "node:path"
import {
  AppError,
  hashModel,
  JsonLinesJournal,
  numberArgument,
  ProgressReport,
  readEnvironment,
} from "@llava/app-common"
import { parseQuestions } from "@llava/eval"
import { Command } from "commander"
import { fileIdentity } from "../files/file-identity.ts"
import { readText } from "../files/read-text.ts"
import { modelIdOf } from "../model/model-id-of.ts"
import { say } from "../output/say.ts"
import { checkImages } from "../run/check-images.ts"
import { checkSameRun } from "../run/check-same-run.ts"
import { versions } from "../run/versions.ts"

interface Options {
  model: string
  questions: string
  images: string
  labels?: string
  templates?: string
  output: string
  batch: number
  limit?: number
  offline?: boolean
  restart?: boolean
}

const count = numberArgument({ whole: true, minimum: 1 })

/** `zero-shot`: the likeliest label of each image, by a CLIP that has not been trained for it. */
export function zeroShotCommand(): Command {
  return new Command("zero-shot")
    .description("classifies images with a CLIP, averaging prompt templates; goes on where it was stopped")
    .requiredOption("--model <name>", "the CLIP: a folder, a known name or a hub id")
    .requiredOption("--questions <file>", "images: { question_id, image, label } per line")
    .option("--images <folder>", "where they lie", ".")
    .option("--labels <file>", "the labels to choose from, one a line (default: those of the questions)")
    .option("--templates <file>", "prompts around a label, {} in its place, one a line (default: a photo of a {}.)")
    .requiredOption("--output <file>", "answers, one a line, added to as they come")
    .option("--batch <n>", "images between two additions", count, 16)
    .option("--limit <n>", "the first n images only", count)
    .option("--offline", "use downloaded models only")
    .option("--restart", "discard what the output file holds")
    .action(classify)
}

async function classify(options: Options): Promise<void> {
  const { images, output, batch } = options
  const text = await readText(options.questions)
  const all = parseQuestions(text, options.questions, { text: "" }).questions
  const questions = all.slice(0, options.limit)
  checkImages(questions, images)
  const imageless = questions.find(({ image }) => image === undefined)
  if (imageless) {
    const fix = "Each line has an image."
    throw new AppError(`${options.questions}: question ${imageless.id} has no image.`, { code: "record-invalid", fix })
  }
  const labels = await readLines(options.labels, [...new Set(all.flatMap(({ answers }) => answers?.[0] ?? []))])
  const templates = await readLines(options.templates, ["a photo of a {}."])
  const hub = await readEnvironment(process.env)
  const { openClip } = await import("@llava/hub")
  await using clip = await openClip(options.model, { ...hub, offline: hub.offline || options.offline === true })
  const name = modelIdOf(options.model)
  const run = {
    task: "zero-shot",
    questions: fileIdentity(options.questions, text),
    ...{ labels, templates },
    model: { name, sha256: (await hashModel(options.model)) ?? null },
    adapter: clip.device.profile.name,
    versions: versions(),
  }
  using journal = new JsonLinesJournal(output, { restart: options.restart })
  const answered = checkSameRun(journal.records, run, output)
  const left = questions.filter(({ id }) => !answered.has(String(id)))
  const progress = ProgressReport.onStandardError()
  let done = questions.length - left.length
  const classes = await clip.embedLabels({ labels, templates })
  for (let first = 0; first < left.length; first += batch) {
    const part = left.slice(first, first + batch)
    const rows = await clip.classify(
      part.map(({ image = "" }) => join(images, image)),
      classes,
    )
    for (const [index, probabilities] of rows.entries()) {
      const { id } = part[index]!
      const best = probabilities.indexOf(Math.max(...probabilities))
      journal.add({
        ...{
          question_id: id,
          prompt: templates.join("\n"),
          text: labels[best],
          answer_id: `${name}:${id}`,
          model_id: name,
        },
        metadata: { probability: probabilities[best], run },
      })
    }
    done += part.length
    progress.update({ label: "classifying", done, total: questions.length, unit: "images" })
  }
  progress.finish()
  say(`${done} answers in ${output}, ${left.length} of them new.`)
}

async function readLines(file: string | undefined, otherwise: readonly string[]): Promise<readonly string[]> {
  if (file === undefined) return otherwise
  return (await readText(file)).split(/\r?\n/).filter((line) => line.trim() !== "")
}
