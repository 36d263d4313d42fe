import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import type { ImageContext } from "../contexts/image-context.ts"
import type { Journal } from "../journal/journal.ts"
import type { BatchRequest, BatchResult, BatchTeacher } from "../teacher/batch-teacher.ts"
import { TeacherError } from "../teacher/teacher-error.ts"
import { type Attempt, type FinishedSlot, ImageRun, type ImageRunSettings } from "./image-run.ts"
import type { SampleSlot } from "./sample-slot.ts"

export interface RunBatchesOptions {
  contexts: readonly ImageContext[]
  plan: readonly (readonly SampleSlot[])[]
  settings: ImageRunSettings
  journal: Journal
  teacher: BatchTeacher
  /** Where the batch files are written. */
  folder: string
  onJudged?: (judged: Attempt | FinishedSlot) => void
  signal?: AbortSignal
  /** Files of results that were fetched by other means. */
  resultFiles?: readonly string[]
  /** Whether batches are handed in; else only the file of the next one is written. Default true. */
  submits?: boolean
  /** Between two looks at a batch; default a minute. */
  pollMs?: number
}

/**
 * Asks by batches: everything that can be asked now goes into one, whose results are awaited; what was rejected goes into
 * the next. A batch that was handed in by a process before this one is fetched, not handed in again. Returns whether
 * everything is answered; false only where batches are not to be handed in.
 *
 * @throws TeacherError `batch-failed` where a batch ends without a single result; the signal's reason when aborted.
 */
export async function runBatches(options: RunBatchesOptions): Promise<boolean> {
  const { journal, teacher, folder, signal, resultFiles = [], submits = true } = options
  for (const file of resultFiles) await takeResults(teacher.readResults(file), journal)
  for (const batch of journal.openBatches) await fetchBatch(batch, options)
  for (;;) {
    const requests = [...openRequests(options)]
    if (requests.length === 0) break
    const file = join(folder, `batch-${journal.used.requests}.jsonl`)
    await teacher.writeFile(file, requests)
    if (!submits) return false
    const batch = await teacher.submit(file, signal)
    journal.add({ batch, requests: requests.length })
    await fetchBatch(batch, options)
  }
  for (const run of replayed(options)) for (const finished of run.finished) options.onJudged?.(finished)
  return true
}

async function fetchBatch(
  batch: string,
  { journal, teacher, signal, pollMs = 60_000 }: RunBatchesOptions,
): Promise<void> {
  let state = await teacher.state(batch, signal)
  while (state.status === "running") {
    await pause(pollMs, undefined, { ...(signal && { signal }) })
    state = await teacher.state(batch, signal)
  }
  const { results, fatal } = await takeResults(teacher.results(batch, signal), journal)
  journal.add({ batchEnded: batch })
  if (results > 0) return
  throw (
    fatal ??
    new TeacherError(`The batch ${batch} ended without results${state.problem ? `: ${state.problem}` : ""}.`, {
      code: "batch-failed",
      scope: "run",
      fix: "Look at the batch at the provider; the same command hands it in again.",
    })
  )
}

/** Adds results to the journal, each once; those that fail for a reason of the whole run are asked again. */
async function takeResults(
  stream: AsyncIterable<BatchResult>,
  journal: Journal,
): Promise<{ results: number; fatal?: TeacherError }> {
  let results = 0
  let fatal: TeacherError | undefined
  for await (const { id, reply, error } of stream) {
    if (error?.scope === "run") {
      fatal = error
      continue
    }
    results++
    if (journal.has(id)) continue
    if (reply) journal.add({ id, reply })
    else if (error) journal.add({ id, error: { code: error.code, message: error.message } })
  }
  return { results, ...(fatal && { fatal }) }
}

function* openRequests(options: RunBatchesOptions): Generator<BatchRequest> {
  for (const run of replayed(options)) {
    for (const request of run.openRequests()) if (!options.journal.has(request.id)) yield request
  }
}

function* replayed({ contexts, plan, settings, journal }: RunBatchesOptions): Generator<ImageRun> {
  for (const [at, context] of contexts.entries()) {
    const run = new ImageRun(context, plan[at]!, settings)
    for (let id = run.nextId; id !== undefined; id = run.nextId) {
      const answered = journal.read(id)
      if (!answered) break
      run.take(answered)
    }
    yield run
  }
}
