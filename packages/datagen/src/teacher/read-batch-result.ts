import { APIError } from "openai"
import { z } from "zod"
import { DatagenError } from "../datagen-error.ts"
import type { BatchResult } from "./batch-teacher.ts"
import { BrokenReply } from "./broken-reply.ts"
import { judgeFailure } from "./judge-failure.ts"
import { readChatReply } from "./read-chat-reply.ts"

const lineSchema = z.object({
  custom_id: z.string(),
  response: z.object({ status_code: z.number(), body: z.unknown() }).nullish(),
  error: z.object({ message: z.string().nullish() }).nullish(),
})

export interface BatchLine {
  file: string
  line: number
  model: string
  baseUrl: string
  now: number
}

/**
 * A line of a batch's output or error file. Undefined where the request was not answered and would be if it were asked
 * again: the batch ran out of time, the endpoint was overloaded, the reply is not whole.
 *
 * @throws DatagenError `batch-result-invalid`.
 */
export function readBatchResult(text: string, where: BatchLine): BatchResult | undefined {
  if (text.trim() === "") return undefined
  const { custom_id: id, response } = parseLine(text, where)
  if (!response) return undefined
  const { status_code: status, body } = response
  if (status === 200) {
    try {
      const { usage = { promptTokens: 0, completionTokens: 0 }, ...reply } = readChatReply(body)
      return { id, reply: { ...reply, usage } }
    } catch (error) {
      if (error instanceof BrokenReply) return undefined
      throw error
    }
  }
  const headers = new Headers({ "content-type": "application/json" })
  const failure = APIError.generate(status, Object(body), undefined, headers)
  const judgement = judgeFailure(failure, where)
  return judgement.retry ? undefined : { id, error: judgement.error }
}

function parseLine(text: string, { file, line }: BatchLine): z.infer<typeof lineSchema> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    value = undefined
  }
  const parsed = lineSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new DatagenError(`${file}:${line}: this is no result of a batch.`, {
    code: "batch-result-invalid",
    fix: "Give the output or error file of the batch as it was fetched.",
  })
}
