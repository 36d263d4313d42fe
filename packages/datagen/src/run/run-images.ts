import type { ImageContext } from "../contexts/image-context.ts"
import type { Journal } from "../journal/journal.ts"
import type { Teacher } from "../teacher/teacher.ts"
import { TeacherError } from "../teacher/teacher-error.ts"
import { type Answered, type Attempt, type FinishedSlot, ImageRun, type ImageRunSettings } from "./image-run.ts"
import type { SampleSlot } from "./sample-slot.ts"

export interface RunImagesOptions {
  contexts: readonly ImageContext[]
  plan: readonly (readonly SampleSlot[])[]
  settings: ImageRunSettings
  journal: Journal
  teacher: Teacher
  /** Told after every judged reply, also those that were in the journal. */
  onJudged?: (judged: Attempt | FinishedSlot) => void
  signal?: AbortSignal
}

/**
 * Asks the teacher everything that the journal does not answer yet, several images at a time. Stops at the first error
 * that concerns the run; questions under way are awaited, so that no paid answer is lost, and the error is thrown.
 *
 * @throws TeacherError of scope `run`; the signal's reason when aborted.
 */
export async function runImages(options: RunImagesOptions): Promise<void> {
  const { contexts, plan, settings, journal, teacher, onJudged, signal } = options
  const order = byFirstKind(plan)
  let next = 0
  let isStopped = false
  const lanes = Array.from({ length: Math.min(teacher.concurrency, contexts.length) }, async () => {
    try {
      while (!isStopped && next < contexts.length) {
        const at = order[next++]!
        await finish(new ImageRun(contexts[at]!, plan[at]!, settings))
      }
    } catch (error) {
      isStopped = true
      throw error
    }
  })
  const failed = (await Promise.allSettled(lanes)).find((lane) => lane.status === "rejected")
  if (failed) throw failed.reason

  async function finish(run: ImageRun): Promise<void> {
    for (let id = run.nextId; id !== undefined; id = run.nextId) {
      let answered = journal.read(id)
      if (!answered) {
        if (isStopped) return
        signal?.throwIfAborted()
        answered = await ask(run)
        journal.add({ id, ...answered })
      }
      const judged = run.take(answered)
      onJudged?.(judged)
    }
  }

  async function ask(run: ImageRun): Promise<Answered> {
    const { messages, seed } = run.nextRequest()
    try {
      return { reply: await teacher.ask(messages, { seed, ...(signal && { signal }) }) }
    } catch (error) {
      if (!(error instanceof TeacherError) || error.scope === "run") throw error
      return { error: { code: error.code, message: error.message } }
    }
  }
}

/**
 * Images whose first sample is of one kind follow each other: their requests begin with the same messages, which a model
 * in this process, and some providers, then read only once. Results do not depend on the order.
 */
function byFirstKind(plan: readonly (readonly SampleSlot[])[]): number[] {
  const nameOf = (at: number) => plan[at]![0]?.kind.name ?? ""
  return plan.map((_, at) => at).sort((one, other) => nameOf(one).localeCompare(nameOf(other), "en") || one - other)
}
