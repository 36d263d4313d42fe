import { join } from "node:path"
import type { ImageContext } from "../contexts/image-context.ts"
import { TextFileWriter } from "../files/text-file-writer.ts"
import type { Journal } from "../journal/journal.ts"
import type { Kind } from "../kinds/kind.ts"
import { type FinishedSlot, ImageRun, type ImageRunSettings } from "../run/image-run.ts"
import type { SampleSlot } from "../run/sample-slot.ts"
import { countFinished, newRunCounts, type RunCounts } from "./run-counts.ts"
import { SampleWriter, type SampleWriterOptions, type WrittenFile } from "./sample-writer.ts"

export interface WriteResultsOptions extends SampleWriterOptions {
  folder: string
  kinds: readonly Kind[]
  contexts: readonly ImageContext[]
  plan: readonly (readonly SampleSlot[])[]
  settings: ImageRunSettings
  journal: Journal
}

/**
 * Writes what the journal's answers give, in the order of the descriptions, whatever the order of the answers was: the
 * data, `rejected.jsonl` (samples given up, with every reply and its reasons) and `flagged.jsonl` (samples worth a look).
 */
export function writeResults(options: WriteResultsOptions): { counts: RunCounts; files: WrittenFile[] } {
  const { folder, contexts, plan, settings, journal } = options
  const data = new SampleWriter(folder, options)
  const rejected = new TextFileWriter(join(folder, "rejected.jsonl"))
  const flagged = new TextFileWriter(join(folder, "flagged.jsonl"))
  const counts = newRunCounts(options.kinds)
  for (const [at, context] of contexts.entries()) {
    const slots = plan[at]!
    for (const { kind } of slots) counts.kinds[kind.name]!.planned++
    for (const finished of replay(new ImageRun(context, slots, settings), journal)) {
      countFinished(counts, finished)
      const { sample, slot, flags } = finished
      if (sample) data.write(sample)
      else {
        const line = { image: context.image, kind: slot.kind.name, index: slot.index, attempts: finished.rejected }
        rejected.write(`${JSON.stringify(line)}\n`)
      }
      if (sample && flags.length > 0) flagged.write(`${JSON.stringify({ flags, sample })}\n`)
    }
  }
  rejected.finish()
  flagged.finish()
  return { counts, files: data.finish() }
}

function replay(run: ImageRun, journal: Journal): readonly FinishedSlot[] {
  for (let id = run.nextId; id !== undefined; id = run.nextId) {
    const answered = journal.read(id)
    if (!answered) break
    run.take(answered)
  }
  return run.finished
}
