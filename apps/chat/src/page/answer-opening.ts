import { existsSync } from "node:fs"
import { LlavaError } from "@llava/core"
import type { OpenProgress } from "@llava/hub"
import { ApiError, readJson } from "@llava/server"
import type { Context } from "hono"
import { streamSSE } from "hono/streaming"
import { z } from "zod"
import type { BodyLimits } from "./body-limits.ts"

/** Fetches and loads a model by name, unless it is served already. -> what requests call it */
export type OpenModel = (
  name: string,
  options: { signal: AbortSignal; onProgress: (progress: OpenProgress) => void },
) => Promise<string>

/** A name of the table or `organisation/name`: the page opens no folders of this machine. */
const requestSchema = z.object({
  name: z.string().regex(/^\w[\w.-]*(\/\w[\w.-]*)?$/, "must be a known name, or organisation/name"),
})

/** How often progress is told at most, in milliseconds. */
const interval = 200

/** Opens a model for the page and tells how far it is; ends with its id, or with what went wrong. */
export async function answerOpening(c: Context, openModel: OpenModel, limits: BodyLimits): Promise<Response> {
  const { name } = await readJson(c, requestSchema, limits)
  // A folder of that name would go before the hub, and tell of this machine.
  if (existsSync(name)) throw new ApiError(`${name} is no name of a model.`, { status: 400, code: "invalid_value" })
  return streamSSE(c, async (stream) => {
    const left = new AbortController()
    stream.onAbort(() => left.abort(new DOMException("The page left.", "AbortError")))
    const send = (event: object) => stream.writeSSE({ data: JSON.stringify(event) })
    let last = 0
    const onProgress = (progress: OpenProgress) => {
      const now = performance.now()
      if (now - last < interval) return
      last = now
      void send({ progress })
    }
    try {
      await send({ opened: await openModel(name, { signal: left.signal, onProgress }) })
    } catch (error) {
      await send({ error: describe(error) })
    }
  })
}

function describe(error: unknown): { message: string; fix: string } {
  const message = error instanceof Error ? error.message : String(error)
  const fix = LlavaError.isInstance(error) ? error.fix : undefined
  if (fix === undefined) return { message, fix: "Look at what the server printed, or choose another model." }
  return { message: message.slice(0, -fix.length).trim(), fix }
}
