import type { IncomingHttpHeaders, ServerResponse } from "node:http"
import { scriptedCompletion } from "./scripted-completion.ts"
import type { ScriptedChat, ScriptedReply } from "./scripted-reply.ts"

export interface ScriptedBatchesOptions {
  reply: (chat: ScriptedChat) => ScriptedReply
  polls: number
  expiresAfter?: number
}

interface BatchRequestLine {
  custom_id: string
  method: string
  url: string
  body: ScriptedChat
}

interface Batch {
  id: string
  inputFile: string
  polls: number
  total: number
  outputFile?: string
  errorFile?: string
}

/** The files and batches of the scripted endpoint. A batch is worked on when its state is asked for. */
export class ScriptedBatches {
  readonly #options: ScriptedBatchesOptions
  readonly #files = new Map<string, string>()
  readonly #batches = new Map<string, Batch>()

  constructor(options: ScriptedBatchesOptions) {
    this.#options = options
  }

  async answer(
    request: { method: string; path: string; headers: IncomingHttpHeaders; body: Buffer },
    response: ServerResponse,
  ): Promise<void> {
    const { method, path } = request
    const [, collection, id, part] = path.split("/")
    if (method === "POST" && collection === "files") return write(response, await this.#upload(request))
    if (method === "POST" && collection === "batches") return write(response, this.#create(request.body))
    const file = this.#files.get(id ?? "")
    if (collection === "files" && part === "content" && file !== undefined) {
      response.writeHead(200, { "content-type": "application/octet-stream" })
      response.end(file)
      return
    }
    const batch = this.#batches.get(id ?? "")
    if (collection === "batches" && batch) return write(response, this.#state(batch))
    write(response, { error: { message: `no ${path}`, code: "not_found" } }, 404)
  }

  async #upload({ headers, body }: { headers: IncomingHttpHeaders; body: Buffer }): Promise<object> {
    const form = await new Response(new Uint8Array(body), {
      headers: { "content-type": headers["content-type"]! },
    }).formData()
    const id = this.#store(await (form.get("file") as File).text())
    return { id, object: "file", purpose: form.get("purpose"), bytes: body.length, created_at: 0, filename: "batch" }
  }

  #store(text: string): string {
    const id = `file-${this.#files.size + 1}`
    this.#files.set(id, text)
    return id
  }

  #create(body: Buffer): object {
    const { input_file_id: inputFile } = JSON.parse(body.toString()) as { input_file_id: string }
    const total = this.#files.get(inputFile)!.trim().split("\n").length
    const batch: Batch = { id: `batch-${this.#batches.size + 1}`, inputFile, polls: 0, total }
    this.#batches.set(batch.id, batch)
    return describe(batch, "validating")
  }

  #state(batch: Batch): object {
    if (batch.polls++ < this.#options.polls) return describe(batch, "in_progress")
    if (batch.outputFile === undefined) this.#work(batch)
    return describe(batch, this.#options.expiresAfter === undefined ? "completed" : "expired")
  }

  #work(batch: Batch): void {
    const output: string[] = []
    const errors: string[] = []
    const lines = this.#files.get(batch.inputFile)!.trim().split("\n")
    for (const [index, line] of lines.entries()) {
      const { custom_id, body } = JSON.parse(line) as BatchRequestLine
      if (index >= (this.#options.expiresAfter ?? Infinity)) {
        const error = { code: "batch_expired", message: "This request could not be executed before the batch expired." }
        errors.push(JSON.stringify({ id: `r${index}`, custom_id, response: null, error }))
        continue
      }
      const reply = this.#options.reply(body)
      const answer = typeof reply === "string" ? { text: reply } : reply
      const isFault = "fault" in answer
      const status_code = !isFault ? 200 : answer.fault === "status" ? answer.status : 500
      const content = isFault ? { error: { message: `scripted ${status_code}` } } : scriptedCompletion(body, answer)
      const result = { id: `r${index}`, custom_id, response: { status_code, body: content }, error: null }
      ;(isFault ? errors : output).push(JSON.stringify(result))
    }
    // Results come in an order of their own.
    batch.outputFile = this.#store(output.reverse().join("\n"))
    if (errors.length > 0) batch.errorFile = this.#store(errors.join("\n"))
  }
}

function describe(batch: Batch, status: string): object {
  const isDone = status === "completed" || status === "expired"
  return {
    id: batch.id,
    object: "batch",
    endpoint: "/v1/chat/completions",
    input_file_id: batch.inputFile,
    completion_window: "24h",
    created_at: 0,
    status,
    output_file_id: isDone ? batch.outputFile : null,
    error_file_id: isDone ? (batch.errorFile ?? null) : null,
    request_counts: { total: batch.total, completed: isDone ? batch.total : 0, failed: 0 },
  }
}

function write(response: ServerResponse, value: object, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" })
  response.end(JSON.stringify(value))
}
