import { parentPort } from "node:worker_threads"
import { LlavaError, preprocessImage } from "@llava/core"
import type { ImageJob, ImageOutcome } from "./image-job.ts"

// A thread of the image preparer: a job in, pixels out.
const port = parentPort!
port.on("message", async ({ path, spec, mode }: ImageJob) => {
  try {
    const pixels = await preprocessImage(path, spec, mode)
    port.postMessage({ pixels } satisfies ImageOutcome, [pixels.buffer])
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const code = LlavaError.isInstance(error) ? error.code : undefined
    port.postMessage({ message, code } satisfies ImageOutcome)
  }
})
