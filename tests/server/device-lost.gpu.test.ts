import { setTimeout as sleep } from "node:timers/promises"
import { chatReplySchema } from "@llava/server"
import { afterAll, beforeAll, expect, test } from "vitest"
import { fixturePath } from "#testing"
import { parseCommandLine } from "../../apps/chat/src/command-line/parse-command-line.ts"
import { parseServe } from "../../apps/chat/src/serve/parse-serve.ts"
import { type Serving, startServing } from "../../apps/chat/src/serve/start-serving.ts"
import { openSession } from "../../apps/chat/src/setup/open-session.ts"

const folder = fixturePath("llava-original-mlp", "model")

let serving: Serving
beforeAll(async () => {
  serving = await startServing(parseServe(["--model", folder, "--template", "v1", "--no-page"]).options!, "")
})
afterAll(() => serving?.[Symbol.asyncDispose]())

function ask(change: object): Promise<Response> {
  return fetch(`${serving.url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      ...{ model: "model", messages: [{ role: "user", content: "What is this?" }] },
      ...{ temperature: 0, ignore_eos: true, return_token_ids: true, ...change },
    }),
  })
}

async function tokenIds(response: Response): Promise<number[] | undefined> {
  expect(response.status).toBe(200)
  return chatReplySchema.parse(await response.json()).choices[0]!.token_ids
}

test("a server whose GPU is lost refuses for a while, then answers as before", async () => {
  // The terminal's chat beside the page asks the same model.
  const { options } = parseCommandLine(["--model", "model"])
  const session = await openSession("model", options!, () => serving.llavas.get("model")!)
  const before = await tokenIds(await ask({ max_tokens: 12 }))
  for (const _ of ["once", "and once more"]) {
    const underWay = await ask({ stream: true })
    serving.llavas.get("model")!.device.gpu.destroy()
    expect(await underWay.text()).toMatch(/"code":"model_lost"\}\}\n\n$/)
    let reply = await ask({ max_tokens: 12 })
    for (let tries = 0; reply.status === 503 && tries < 10; tries++) {
      const seconds = Number(reply.headers.get("retry-after"))
      expect(seconds).toBeGreaterThan(0)
      await sleep(seconds * 1000)
      reply = await ask({ max_tokens: 12 })
    }
    expect(await tokenIds(reply)).toEqual(before)
    const messages = [{ role: "user" as const, content: "What is this?" }]
    const said = await session.model.generate({ messages, maxNewTokens: 12, ignoreEndOfSequence: true }).result
    expect(said.tokenIds).toEqual(before)
  }
})
