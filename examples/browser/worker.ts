import { openModel } from "@llava/hub"
import type { Reply, Request } from "./messages.ts"

let model: Awaited<ReturnType<typeof openModel>> | undefined
let stop = new AbortController()

const tell = (reply: Reply) => postMessage(reply)

/** The folder's files are downloaded into the browser's cache; the next time they come from there. */
async function open({ folder, template }: Request & { type: "open" }): Promise<void> {
  model = await openModel(folder, {
    ...(template !== undefined && { template }),
    onProgress: (progress) => tell({ type: "progress", progress }),
  })
  tell({ type: "ready", adapter: model.device.profile.name })
}

async function ask({ question, image, maxNewTokens }: Request & { type: "ask" }): Promise<void> {
  if (!model) throw new Error("The model is not open yet.")
  stop = new AbortController()
  const text = { type: "text", text: question } as const
  const content = image ? [{ type: "image", image } as const, text] : [text]
  const answer = model.generate({ messages: [{ role: "user", content }], maxNewTokens, signal: stop.signal })
  for await (const piece of answer) tell({ type: "piece", text: piece.text })
  tell({ type: "answer", result: await answer.result })
}

addEventListener("message", async ({ data }: MessageEvent<Request>) => {
  try {
    if (data.type === "open") await open(data)
    else if (data.type === "ask") await ask(data)
    else stop.abort()
  } catch (error) {
    if (stop.signal.aborted) tell({ type: "stopped" })
    else tell({ type: "failed", message: error instanceof Error ? error.message : String(error) })
  }
})
