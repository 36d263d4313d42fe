import { mkdirSync } from "node:fs"
import { basename, join, resolve } from "node:path"
import { isDeepStrictEqual } from "node:util"
import type { Contexts } from "../contexts/read-contexts.ts"
import { TextFileWriter } from "../files/text-file-writer.ts"
import { Journal } from "../journal/journal.ts"
import type { Kind } from "../kinds/kind.ts"
import type { Manifest } from "../output/manifest.ts"
import type { SampleWriterOptions } from "../output/sample-writer.ts"
import { writeResults } from "../output/write-results.ts"
import type { BatchTeacher } from "../teacher/batch-teacher.ts"
import type { Teacher, TeacherSpending } from "../teacher/teacher.ts"
import { checkBoxes } from "./check-boxes.ts"
import { FolderLock } from "./folder-lock.ts"
import type { Attempt, FinishedSlot, ImageRunSettings } from "./image-run.ts"
import { planSamples } from "./plan-samples.ts"
import { type RunBatchesOptions, runBatches } from "./run-batches.ts"
import { checkSameRun } from "./run-identity.ts"
import { runImages } from "./run-images.ts"
import { advanceProgress, type RunProgress } from "./run-progress.ts"

export interface GenerateDataOptions extends SampleWriterOptions, Partial<ImageRunSettings> {
  /** Descriptions of the images, from `readContexts`. */
  contexts: Contexts
  /** Where the images are; noted in the manifest. */
  images?: string
  /** From `readKinds`. */
  kinds: readonly Kind[]
  /** Or a function that opens one, given what the run has used so far; the teacher is then closed at the end. */
  teacher: Teacher | ((used: TeacherSpending) => Promise<Teacher>) | BatchTeacher
  /** For a teacher that takes batches: files of results fetched by other means, and whether to hand batches in. */
  batches?: Pick<RunBatchesOptions, "resultFiles" | "submits">
  /** The output folder; a run that was stopped goes on where it is. */
  out: string
  /** Default 1. */
  samplesPerImage?: number
  onProgress?: (report: RunProgress) => void
  signal?: AbortSignal
  /** How a line is added to the journal; default: to the file at once. */
  journal?: (file: string) => Journal
}

/**
 * Makes instruction data: asks the teacher for every sample that the plan has, checks each reply, and writes `data.json`,
 * `manifest.json`, `rejected.jsonl` and `flagged.jsonl` into the folder. Every answer is in `journal.jsonl` before the
 * next question; the same call after a stop or a kill asks only what is not answered there and ends with the same files.
 *
 * When the teacher or the signal stops the run, the files hold the samples made so far, and the error is thrown.
 *
 * @throws DatagenError `folder-in-use`, `run-differs`, `boxes-missing`; TeacherError of scope `run` (`budget-spent`).
 */
export async function generateData(options: GenerateDataOptions): Promise<Manifest> {
  const { contexts, kinds, out, samplesPerImage = 1, onProgress, signal } = options
  const { seed = 0, attempts = 3, withBoxes = false, rejectFlagged = false } = options
  const settings: ImageRunSettings = { seed, attempts, withBoxes, rejectFlagged }
  checkBoxes(contexts.contexts, kinds, withBoxes)
  mkdirSync(out, { recursive: true })
  using _lock = new FolderLock(out)
  const file = join(out, "journal.jsonl")
  const journal = options.journal?.(file) ?? new Journal(file)
  try {
    await using stack = new AsyncDisposableStack()
    const teacher =
      typeof options.teacher === "function" ? stack.use(await options.teacher({ ...journal.used })) : options.teacher
    const identity = {
      sources: Object.fromEntries(Object.entries(contexts.hashes).map(([path, hash]) => [basename(path), hash])),
      images: contexts.contexts.length,
      prompts: Object.fromEntries(kinds.map(({ name, hashes }) => [name, hashes])),
      shares: Object.fromEntries(kinds.map(({ name, share }) => [name, share])),
      teacher: teacher.identity,
      sampling: { samplesPerImage, ...settings },
    }
    // A run without a single answer, perhaps for a wrong key, may become another one.
    const hasAnswers = journal.used.requests > 0 || journal.openBatches.size > 0
    if (journal.run && hasAnswers) checkSameRun(journal.run, identity, out)
    else if (!isDeepStrictEqual(journal.run, identity)) journal.add({ run: identity })
    const plan = planSamples(contexts.contexts, { kinds, samplesPerImage, seed })
    const work = { contexts: contexts.contexts, plan, settings, journal }
    let progress = { planned: plan.flat().length, finished: 0, samples: 0, rejected: 0, ...journal.used }
    const onJudged = (judged: Attempt | FinishedSlot) => {
      progress = { ...advanceProgress(progress, judged), ...journal.used }
      onProgress?.(progress)
    }
    let isComplete = true
    try {
      const watched = { ...work, onJudged, ...(signal && { signal }) }
      if ("ask" in teacher) await runImages({ ...watched, teacher })
      else isComplete = await runBatches({ ...watched, ...options.batches, teacher, folder: out })
    } catch (error) {
      writeAll(false)
      throw error
    }
    return writeAll(isComplete)

    function writeAll(complete: boolean): Manifest {
      const { counts, files } = writeResults({ ...options, ...work, folder: out })
      const manifest: Manifest = {
        complete,
        run: identity,
        inputs: {
          contexts: Object.keys(contexts.hashes).map((path) => resolve(path)),
          ...(options.images !== undefined && { images: resolve(options.images) }),
        },
        contexts: contexts.counts,
        counts,
        usage: { ...journal.used },
        files,
      }
      const writer = new TextFileWriter(join(out, "manifest.json"))
      writer.write(`${JSON.stringify(manifest, null, 2)}\n`)
      writer.finish()
      return manifest
    }
  } finally {
    journal.close()
  }
}
