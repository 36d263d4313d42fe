import { createServer } from "../create-server.ts"
import { type Listening, listen } from "../platform/listen.node.ts"
import type { ServerOptions } from "../server-options.ts"
import { ScriptedEngine, type ScriptedEngineOptions } from "./scripted-engine.ts"

export interface TestServer extends AsyncDisposable {
  readonly url: string
  readonly port: number
  readonly engine: ScriptedEngine
  /** What the server reported as its own fault. */
  readonly faults: unknown[]
  readonly listening: Listening
  /** `POST` of JSON, or of text as it is. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
  /** A question to the model, with a field or two changed. */
  ask(change?: object, headers?: Record<string, string>): Promise<Response>
}

export const question = { model: "m", messages: [{ role: "user", content: "What is it?" }] }

/** A server on a real port whose model `m` is scripted. */
export async function startServer(
  options: Partial<ServerOptions> = {},
  script: ScriptedEngineOptions = {},
): Promise<TestServer> {
  const engine = new ScriptedEngine(script)
  const faults: unknown[] = []
  const app = createServer({ models: [{ id: "m", engine }], onError: (error) => faults.push(error), ...options })
  const listening = await listen(app)
  const { url, port } = listening
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    })
  return {
    ...{ url, port, engine, faults, listening, post },
    ask: (change = {}, headers = {}) => post("/v1/chat/completions", { ...question, ...change }, headers),
    [Symbol.asyncDispose]: () => listening.close(0),
  }
}
