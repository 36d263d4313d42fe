import { HubError } from "./hub-error.ts"
import type { StallGuard } from "./stall-guard.ts"

/** A successful answer whose body is watched for stalls. Must be closed, read or not. */
export class HubResponse implements AsyncDisposable {
  readonly #response: Response
  readonly #guard: StallGuard
  readonly #address: string
  readonly #callerSignal: AbortSignal
  /** Scheme, host and port that answered last. */
  readonly origin: string

  constructor(response: Response, url: URL, guard: StallGuard, callerSignal: AbortSignal) {
    this.#response = response
    this.#guard = guard
    this.#callerSignal = callerSignal
    // Storage addresses carry signatures in their query: they stay out of messages.
    this.#address = `${url.origin}${url.pathname}`
    this.origin = url.origin
  }

  get status(): number {
    return this.#response.status
  }

  get headers(): Headers {
    return this.#response.headers
  }

  /** The body in pieces. Throws a transient "hub-stalled" or "hub-unreachable", or the caller's reason to abort. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    const reader = this.#response.body?.getReader()
    if (!reader) return
    try {
      while (true) {
        this.#guard.touch()
        const { done, value } = await reader.read()
        this.#guard.pause()
        if (done) return
        yield value
      }
    } catch (error) {
      throw transportError(error, this.#address, this.#callerSignal, this.#guard.signal)
    }
  }

  async text(): Promise<string> {
    const decoder = new TextDecoder()
    let text = ""
    for await (const chunk of this.chunks()) text += decoder.decode(chunk, { stream: true })
    return text + decoder.decode()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#guard.stop()
    if (this.#response.body?.locked === false) await this.#response.body.cancel().catch(() => undefined)
  }
}

/** What a failed `fetch` or read means: the caller's abort, a stall, or a broken connection. */
export function transportError(
  error: unknown,
  address: string,
  callerSignal: AbortSignal,
  requestSignal: AbortSignal,
): unknown {
  if (callerSignal.aborted) return callerSignal.reason
  if (requestSignal.aborted) return requestSignal.reason
  if (error instanceof HubError) return error
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return new HubError(`${address}: ${cause instanceof Error ? cause.message || cause.name : String(cause)}.`, {
    code: "hub-unreachable",
    fix: "Check the connection, the proxy and `endpoint` (HF_ENDPOINT), and try again: what has arrived is kept.",
    transient: true,
    cause: error,
  })
}
