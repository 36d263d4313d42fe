import { readEvents } from "./read-events.ts"
import { RequestProblem } from "./request-problem.ts"
import { sendRequest } from "./send-request.ts"

export interface OpenProgress {
  readonly stage: "download" | "load"
  readonly file?: string
  readonly loadedBytes: number
  readonly totalBytes: number
}

type OpenEvent =
  | { progress: OpenProgress; opened?: never; error?: never }
  | { opened: string; progress?: never; error?: never }
  | { error: { message: string; fix: string }; progress?: never; opened?: never }

/** Has the server fetch and load a model. -> the id by which it is asked. Errors: RequestProblem, the signal's reason. */
export async function openModel(
  name: string,
  signal: AbortSignal,
  onProgress: (progress: OpenProgress) => void,
): Promise<string> {
  const response = await sendRequest("v1/page/models", { json: { name }, signal })
  if (response.body) {
    for await (const data of readEvents(response.body)) {
      const { progress, opened, error } = JSON.parse(data) as OpenEvent
      if (opened !== undefined) return opened
      if (error) throw new RequestProblem({ message: error.message, nextStep: error.fix })
      if (progress) onProgress(progress)
    }
  }
  throw new RequestProblem({
    message: `The server broke off opening ${name}.`,
    nextStep: "Look at what it printed, then try again: what was downloaded is kept.",
  })
}
