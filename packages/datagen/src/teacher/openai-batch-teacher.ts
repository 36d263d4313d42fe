import { createReadStream } from "node:fs"
import { APIConnectionError, type OpenAI } from "openai"
import { readLines } from "../files/read-lines.ts"
import { TextFileWriter } from "../files/text-file-writer.ts"
import type { BatchRequest, BatchResult, BatchState, BatchTeacher } from "./batch-teacher.ts"
import { chatBody } from "./chat-body.ts"
import { judgeFailure } from "./judge-failure.ts"
import { openAiBaseUrl, openAiClient } from "./openai-client.ts"
import { readBatchResult } from "./read-batch-result.ts"
import { retryDelay } from "./retry-delay.ts"
import type { Teacher } from "./teacher.ts"
import { systemClock, type TeacherClock } from "./teacher-clock.ts"
import { teacherIdentity } from "./teacher-identity.ts"
import type { TeacherSettings } from "./teacher-settings.ts"
import { longestPause, unreachable } from "./unreachable.ts"

const url = "/v1/chat/completions"
const running = new Set(["validating", "in_progress", "finalizing", "cancelling"])
const defaultMaxRetries = 6

/** OpenAI's Batch API, and those of others that are like it. */
export class OpenAiBatchTeacher implements BatchTeacher {
  readonly identity: Teacher["identity"]
  readonly #settings: TeacherSettings
  readonly #client: OpenAI
  readonly #clock: TeacherClock

  /** @throws TeacherError `teacher-unauthorized`, `base-url-invalid`. */
  constructor(settings: TeacherSettings, clock: TeacherClock = systemClock) {
    this.identity = teacherIdentity(settings)
    this.#settings = settings
    this.#client = openAiClient(settings)
    this.#clock = clock
  }

  async writeFile(file: string, requests: Iterable<BatchRequest> | AsyncIterable<BatchRequest>): Promise<void> {
    const writer = new TextFileWriter(file)
    for await (const { id, messages, seed } of requests) {
      const body = chatBody(this.#settings, messages, seed)
      writer.write(`${JSON.stringify({ custom_id: id, method: "POST", url, body })}\n`)
    }
    writer.finish()
  }

  async submit(file: string, signal?: AbortSignal): Promise<string> {
    const options = signal && { signal }
    const uploaded = await this.#try(
      () => this.#client.files.create({ file: createReadStream(file), purpose: "batch" }, options),
      signal,
    )
    const body = { input_file_id: uploaded.id, endpoint: url, completion_window: "24h" } as const
    const batch = await this.#try(() => this.#client.batches.create(body, options), signal, { isRepeatable: false })
    return batch.id
  }

  async state(batchId: string, signal?: AbortSignal): Promise<BatchState> {
    const { status, request_counts: counts, errors } = await this.#retrieve(batchId, signal)
    const state = { completed: counts?.completed ?? 0, total: counts?.total ?? 0 }
    if (running.has(status)) return { status: "running", ...state }
    if (status === "completed") return { status: "ended", ...state }
    const reasons = (errors?.data ?? []).map(({ message }) => message)
    return { status: "ended", ...state, problem: [status, ...reasons].join(": ") }
  }

  async *results(batchId: string, signal?: AbortSignal): AsyncGenerator<BatchResult> {
    const batch = await this.#retrieve(batchId, signal)
    for (const file of [batch.output_file_id, batch.error_file_id]) {
      if (file) yield* this.#results(file, signal)
    }
  }

  async *readResults(file: string): AsyncGenerator<BatchResult> {
    for await (const { text, line } of readLines(file)) {
      const result = readBatchResult(text, { file, line, ...this.#endpoint() })
      if (result) yield result
    }
  }

  /** A result file may be large: its lines are read as they come, and those of a broken transfer are not repeated. */
  async *#results(file: string, signal?: AbortSignal): AsyncGenerator<BatchResult> {
    let read = 0
    for (let attempt = 0; ; attempt++) {
      const response = await this.#try(() => this.#client.files.content(file, signal && { signal }), signal)
      try {
        let line = 0
        for await (const text of linesOf(response)) {
          if (line++ < read) continue
          read = line
          const result = readBatchResult(text, { file, line, ...this.#endpoint() })
          if (result) yield result
        }
        return
      } catch (cause) {
        if (signal?.aborted) throw signal.reason
        // Undici's word for a connection that ended before the body did.
        if (!(cause instanceof TypeError)) throw cause
        await this.#pause(attempt, `the transfer of ${file} broke`, cause, signal)
      }
    }
  }

  #retrieve(batchId: string, signal?: AbortSignal): Promise<OpenAI.Batch> {
    return this.#try(() => this.#client.batches.retrieve(batchId, signal && { signal }), signal)
  }

  #endpoint(): { model: string; baseUrl: string; now: number } {
    const { model, baseUrl = openAiBaseUrl } = this.#settings
    return { model, baseUrl, now: this.#clock.now() }
  }

  /** A call that is not repeatable is not made again where it is not known whether it arrived: a batch costs money. */
  async #try<Result>(
    call: () => PromiseLike<Result>,
    signal?: AbortSignal,
    { isRepeatable = true }: { isRepeatable?: boolean } = {},
  ): Promise<Result> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await call()
      } catch (error) {
        if (signal?.aborted) throw signal.reason
        const judgement = judgeFailure(error, this.#endpoint())
        if (!judgement.retry) throw judgement.error
        const { reason, wait = 0 } = judgement
        const isUncertain = !isRepeatable && error instanceof APIConnectionError
        if (isUncertain || wait > longestPause) {
          throw unreachable(reason, { attempts: attempt + 1, wait, scope: "run", cause: error })
        }
        await this.#pause(attempt, reason, error, signal, wait)
      }
    }
  }

  async #pause(attempt: number, reason: string, cause: unknown, signal?: AbortSignal, wait = 0): Promise<void> {
    if (attempt >= (this.#settings.maxRetries ?? defaultMaxRetries)) {
      throw unreachable(reason, { attempts: attempt + 1, wait, scope: "run", cause })
    }
    await this.#clock.sleep(wait + retryDelay(attempt, this.#clock), signal)
  }
}

async function* linesOf(response: Response): AsyncGenerator<string> {
  let rest = ""
  for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + piece).split("\n")
    rest = lines.pop()!
    yield* lines
  }
  if (rest !== "") yield rest
}
