import { z } from "zod"

const usageSchema = z.object({ promptTokens: z.number(), completionTokens: z.number() })

/** What a run's journal holds, one per line: what the run is, answers, batches that were handed in. */
export const journalRecordSchema = z.union([
  z.object({ run: z.record(z.string(), z.unknown()) }),
  z.object({
    id: z.string(),
    reply: z.object({ text: z.string(), finishReason: z.enum(["stop", "length", "filter"]), usage: usageSchema }),
  }),
  z.object({ id: z.string(), error: z.object({ code: z.string(), message: z.string() }) }),
  z.object({ batch: z.string(), requests: z.number() }),
  z.object({ batchEnded: z.string() }),
])

export type JournalRecord = z.infer<typeof journalRecordSchema>
