import { join } from "node:path"
import { Command, Option } from "commander"
import { hubSettings } from "../command-line/hub-settings.ts"
import { numberArgument } from "../command-line/number-argument.ts"
import { addPlanOptions, type PlanOptions, readPlan } from "../command-line/plan-options.ts"
import { progressLine } from "../command-line/progress-line.ts"
import { addTeacherOptions, type TeacherOptions, teacherSettings } from "../command-line/teacher-options.ts"
import type { Terminal } from "../command-line/terminal.ts"
import type { ContextCounts } from "../contexts/context-counts.ts"
import { DatagenError } from "../datagen-error.ts"
import type { Manifest } from "../output/manifest.ts"
import { checkImages } from "../run/check-images.ts"
import { generateData } from "../run/generate-data.ts"
import type { RunProgress } from "../run/run-progress.ts"
import { costOf } from "../teacher/cost-of.ts"
import { openBatchTeacher } from "../teacher/open-batch-teacher.ts"
import { openTeacher } from "../teacher/open-teacher.ts"
import { priceOf } from "../teacher/price-of.ts"
import type { TeacherSettings } from "../teacher/teacher-settings.ts"

/** Where the line of progress cannot be replaced, one is written this often. */
const minute = 60_000

interface GenerateOptions extends PlanOptions, TeacherOptions {
  images?: string
  out: string
  batch: boolean
  submit: boolean
  batchResults: string[]
  rejectFlagged: boolean
  format: "json" | "jsonl"
  shardSize?: number
}

/** `generate`: captions and boxes in, `OUT/data.json` and `OUT/manifest.json` out. */
export function generateCommand(terminal: Terminal): Command {
  const command = new Command("generate").description(
    "Make instruction data; the same command goes on with a stopped run.",
  )
  addTeacherOptions(addPlanOptions(command))
  return command
    .option("--images <folder>", "where the images are: checks before anything is asked that all are there")
    .requiredOption("--out <folder>", "gets data.json, manifest.json, rejected.jsonl, flagged.jsonl and the journal")
    .option("--batch", "ask by OpenAI's Batch API, at half the price and within a day", false)
    .option("--no-submit", "with --batch: only write the file of the next batch")
    .option("--batch-results <files...>", "with --batch: result files that were fetched by other means", [])
    .option(
      "--reject-flagged",
      "also reject replies that are only flagged (things that the description does not name)",
      false,
    )
    .addOption(
      new Option("--format <format>", "data.json (one array) or data.jsonl").choices(["json", "jsonl"]).default("json"),
    )
    .option(
      "--shard-size <samples>",
      "several files of at most so many samples",
      numberArgument({ whole: true, minimum: 1 }),
    )
    .action(async (options: GenerateOptions) => {
      const settings = teacherSettings(options, terminal)
      checkBudget(settings)
      const { contexts, kinds } = await readPlan(options)
      if (options.images !== undefined) await checkImages(contexts.contexts, options.images)
      tellCounts(contexts.counts, terminal)
      const { out, samplesPerImage, seed, attempts, boxes, rejectFlagged, format, shardSize } = options
      const manifest = await generateData({
        contexts,
        kinds,
        out,
        samplesPerImage,
        seed,
        attempts,
        withBoxes: boxes,
        rejectFlagged,
        format,
        ...(shardSize !== undefined && { shardSize }),
        ...(options.images !== undefined && { images: options.images }),
        batches: { resultFiles: options.batchResults, submits: options.submit },
        teacher: options.batch
          ? await openBatchTeacher(settings)
          : (spent) =>
              openTeacher(settings, {
                spent,
                hub: hubSettings(terminal),
                onNote: (line) => terminal.note(line),
                signal: terminal.signal,
              }),
        onProgress: progressOf(settings, terminal),
        signal: terminal.signal,
      })
      terminal.progress("")
      tellResult(manifest, options, terminal)
    })
}

function checkBudget({ budget = {} }: TeacherSettings): void {
  const zero = Object.entries(budget).find(([, limit]) => limit === 0)?.[0]
  if (zero === undefined) return
  throw new DatagenError(`The budget in ${zero === "cost" ? "dollars" : zero} is zero: nothing can be asked.`, {
    code: "budget-spent",
    fix: "Give a larger one; `estimate` says what the run takes.",
  })
}

function progressOf(settings: TeacherSettings, terminal: Terminal): (progress: RunProgress) => void {
  const price = settings.price ?? (settings.teacher === "openai" ? priceOf(settings.model) : undefined)
  const start = { at: performance.now(), finished: 0, requests: -1 }
  let shownAt = start.at
  return (progress) => {
    const now = performance.now()
    // What the journal had is judged first, without a request.
    if (start.requests < 0 || progress.requests === start.requests) {
      Object.assign(start, { at: now, finished: progress.finished, requests: progress.requests })
    }
    const { columns } = terminal
    if (now - shownAt < (columns === 0 ? minute : 100) && progress.finished < progress.planned) return
    shownAt = now
    const cost = price && costOf(progress, price)
    const view = {
      progress,
      cost,
      finishedBefore: start.finished,
      elapsedMs: now - start.at,
      columns,
    }
    if (columns === 0) terminal.note(progressLine(view))
    else terminal.progress(progressLine(view))
  }
}

function tellCounts(counts: ContextCounts, terminal: Terminal): void {
  const names: [keyof ContextCounts, string][] = [
    ["crowdBoxes", "crowd boxes left out"],
    ["emptyBoxes", "boxes without area left out"],
    ["clippedBoxes", "boxes clipped to the image"],
    ["invalidBoxes", "boxes that are no numbers left out"],
    ["emptyCaptions", "empty captions left out"],
    ["captionsWithoutImage", "captions of unknown images left out"],
    ["boxesWithoutImage", "boxes of unknown images left out"],
    ["boxesWithoutCategory", "boxes of unknown categories left out"],
    ["imagesWithoutCaption", "images without captions left out"],
  ]
  const found = names.filter(([name]) => counts[name] > 0).map(([name, text]) => `${counts[name]} ${text}`)
  terminal.note(
    `${counts.images} images, ${counts.captions} captions, ${counts.boxes} boxes${found.length > 0 ? `; ${found.join(", ")}` : ""}.`,
  )
}

function tellResult({ complete, counts, files }: Manifest, { out }: GenerateOptions, terminal: Terminal): void {
  if (!complete) terminal.note(`The next batch is written: the latest batch-*.jsonl in ${out}.`)
  const kinds = Object.entries(counts.kinds)
  const given = kinds.reduce((sum, [, { rejected }]) => sum + rejected, 0)
  const made = kinds.map(([name, { samples, planned }]) => `${name} ${samples} of ${planned}`).join(", ")
  terminal.note(`${made}; ${given} given up (rejected.jsonl), ${counts.replies} replies, ${counts.repliesTaken} taken.`)
  const reasons = Object.entries(counts.rejectedReplies).sort(([, one], [, other]) => other - one)
  if (reasons.length > 0) terminal.note(`rejected replies: ${reasons.map(([rule, n]) => `${rule} ${n}`).join(", ")}`)
  for (const { name } of files) terminal.print(join(out, name))
}
