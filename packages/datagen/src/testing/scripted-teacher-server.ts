import { createHash } from "node:crypto"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { ScriptedBatches } from "./scripted-batches.ts"
import { ScriptedRate } from "./scripted-rate.ts"
import type { ScriptedChat, ScriptedReply } from "./scripted-reply.ts"
import { writeScriptedReply } from "./write-scripted-reply.ts"

export interface ScriptedRequest {
  method: string
  path: string
  headers: IncomingMessage["headers"]
  /** SHA-256 of the body: equal for equal questions. */
  hash: string
  /** How many times this body has been asked, this time included. */
  attempt: number
  /** Of chat requests. */
  chat?: ScriptedChat
}

export interface ScriptedServerOptions {
  /** Chooses what comes back; `attempt` counts from 1 for equal requests. */
  reply: (chat: ScriptedChat, attempt: number) => ScriptedReply
  /** Where given, other keys are answered with 401. */
  key?: string
  /** Where given, other models are answered with 404. */
  models?: readonly string[]
  /** Requests over this many in a window of so many milliseconds are answered with 429 and the time to wait. */
  rate?: { requests: number; perMilliseconds: number }
  /** Sent with every reply. */
  headers?: Record<string, string>
  /** How often a batch is asked for its state before it is done; default 1. */
  batchPolls?: number
  /** The batch runs out of time after so many of its requests. */
  batchExpiresAfter?: number
}

/**
 * An OpenAI-compatible endpoint on 127.0.0.1 for tests: chat completions (streamed or not), files and batches. It says
 * what its script says, and counts what it is asked.
 */
export class ScriptedTeacherServer implements AsyncDisposable {
  readonly requests: ScriptedRequest[] = []
  /** Chat requests being answered now, and the most there were at once. */
  readonly open = { now: 0, most: 0 }
  readonly #options: ScriptedServerOptions
  readonly #server: Server
  readonly #attempts = new Map<string, number>()
  readonly #batches: ScriptedBatches
  readonly #rate: ScriptedRate | undefined

  private constructor(options: ScriptedServerOptions) {
    this.#options = options
    this.#rate = options.rate && new ScriptedRate(options.rate.requests, options.rate.perMilliseconds)
    this.#batches = new ScriptedBatches({
      reply: (chat) => options.reply(chat, this.#attempt(JSON.stringify(chat))),
      polls: options.batchPolls ?? 1,
      ...(options.batchExpiresAfter !== undefined && { expiresAfter: options.batchExpiresAfter }),
    })
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : new Error(String(error)))
      })
    })
    this.#server.keepAliveTimeout = 60_000
  }

  static async start(options: ScriptedServerOptions): Promise<ScriptedTeacherServer> {
    const server = new ScriptedTeacherServer(options)
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve))
    return server
  }

  /** The base URL: `http://127.0.0.1:PORT/v1`. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`
  }

  get chats(): ScriptedRequest[] {
    return this.requests.filter(({ chat }) => chat !== undefined)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #attempt(body: string): number {
    const attempt = (this.#attempts.get(body) ?? 0) + 1
    this.#attempts.set(body, attempt)
    return attempt
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece as Buffer)
    const body = Buffer.concat(pieces)
    const path = request.url!.replace(/^\/v1/, "")
    const isChat = path === "/chat/completions"
    const hash = createHash("sha256").update(body).digest("hex")
    const chat = isChat ? (JSON.parse(body.toString()) as ScriptedChat) : undefined
    const attempt = isChat ? this.#attempt(body.toString()) : 1
    const { method = "GET", headers } = request
    this.requests.push({ method, path, headers, hash, attempt, ...(chat && { chat }) })
    for (const [name, value] of Object.entries(this.#options.headers ?? {})) response.setHeader(name, value)

    const { key, models } = this.#options
    if (key !== undefined && headers.authorization !== `Bearer ${key}`) {
      return writeScriptedReply(response, undefined, { fault: "status", status: 401, code: "invalid_api_key" })
    }
    if (!chat) return this.#batches.answer({ method, path, headers, body }, response)
    if (models && !models.includes(chat.model)) {
      return writeScriptedReply(response, chat, { fault: "status", status: 404, code: "model_not_found" })
    }
    const { isOver, headers: rateHeaders } = this.#rate?.take() ?? { isOver: false, headers: {} }
    for (const [name, value] of Object.entries(rateHeaders)) response.setHeader(name, value)
    if (isOver) {
      return writeScriptedReply(response, chat, { fault: "status", status: 429, code: "rate_limit_exceeded" })
    }
    this.open.now++
    this.open.most = Math.max(this.open.most, this.open.now)
    try {
      await writeScriptedReply(response, chat, this.#options.reply(chat, attempt))
    } finally {
      this.open.now--
    }
  }
}
