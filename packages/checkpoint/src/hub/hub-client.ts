import { redirectMode } from "#platform/redirect-mode"
import { delay } from "./delay.ts"
import { HubError } from "./hub-error.ts"
import { HubResponse, transportError } from "./hub-response.ts"
import { type HubSubject, responseError } from "./response-error.ts"
import { StallGuard } from "./stall-guard.ts"

export interface HubClientOptions {
  endpoint: string
  token: string | undefined
  fetch: typeof fetch
  signal: AbortSignal
  /** Milliseconds without a byte after which a request counts as dead. */
  stallTimeout: number
  /** Attempts in a row that bring nothing new before giving up. */
  retries: number
  /** Milliseconds before the first retry; doubles each time up to 30 s. */
  retryDelay: number
}

export interface HubRequest {
  method?: "GET" | "HEAD"
  /** First byte wanted; all when absent. */
  from?: number
  /** Strong ETag that an origin gave for the bytes already here: if it no longer holds, that origin sends all anew. */
  validator?: { origin: string; etag: string } | undefined
}

const mostRedirects = 10
const longestBackOff = 30_000
const longestRetryAfter = 300_000

/** HTTP to a hub: the token goes to the hub's origin only, stalls end, failures become `HubError`s. */
export class HubClient {
  readonly endpoint: URL
  readonly signal: AbortSignal
  readonly #options: HubClientOptions

  constructor(options: HubClientOptions) {
    if (!URL.canParse(options.endpoint) || !/^https?:$/.test(new URL(options.endpoint).protocol))
      throw new HubError(`"${options.endpoint}" is not the address of a hub.`, {
        code: "hub-argument-invalid",
        fix: 'Give an address such as "https://huggingface.co" (option `endpoint`, HF_ENDPOINT).',
      })
    this.endpoint = new URL(options.endpoint.replace(/\/+$/, ""))
    this.signal = options.signal
    this.#options = options
  }

  /** An address below the endpoint; the parts are encoded. */
  url(...parts: string[]): URL {
    const path = parts.map((part) => part.split("/").map(encodeURIComponent).join("/")).join("/")
    return new URL(`${this.endpoint.href.replace(/\/+$/, "")}/${path}`)
  }

  /** One attempt. Follows redirects by hand (in Node), so that each request carries only what its origin may see. */
  async request(address: URL, subject: HubSubject, request: HubRequest = {}): Promise<HubResponse> {
    let url = address
    for (let hop = 0; hop <= mostRedirects; hop++) {
      const { response, guard } = await this.#send(url, request)
      const location = response.headers.get("location")
      if (response.status >= 300 && response.status < 400 && location !== null) {
        const target = new URL(location, url)
        // Here the hub has told what it knows of the file: the headers of the storage say less.
        const describes = target.origin !== this.endpoint.origin || response.headers.has("x-linked-etag")
        if (request.method === "HEAD" && describes) return new HubResponse(response, url, guard, this.signal)
        guard.stop()
        url = target
        continue
      }
      const answered = response.url && response.redirected ? new URL(response.url) : url
      // 416: the bytes asked for do not exist, which the caller of a range resolves.
      if (response.ok || (response.status === 416 && request.from !== undefined))
        return new HubResponse(response, answered, guard, this.signal)
      guard.stop()
      const fromHub = answered.origin === this.endpoint.origin
      const hasToken = this.#options.token !== undefined
      throw responseError({ status: response.status, headers: response.headers, fromHub, hasToken }, subject)
    }
    throw new HubError(`${address.href}: more than ${mostRedirects} redirects.`, {
      code: "hub-answer-invalid",
      fix: "Check `endpoint` (HF_ENDPOINT) and the proxy.",
    })
  }

  /** Repeats `attempt` after transient failures. `progress` tells how far things are: any gain resets the count. */
  async retry<Result>(attempt: () => Promise<Result>, progress: () => number = () => 0): Promise<Result> {
    let failures = 0
    let furthest = progress()
    while (true) {
      try {
        return await attempt()
      } catch (error) {
        this.signal.throwIfAborted()
        if (!(error instanceof HubError) || !error.transient) throw error
        if (progress() > furthest) failures = 0
        furthest = Math.max(furthest, progress())
        if (++failures > this.#options.retries) throw error
        const backOff =
          Math.min(this.#options.retryDelay * 2 ** (failures - 1), longestBackOff) * (1 - Math.random() / 4)
        if ((error.retryAfter ?? 0) > longestRetryAfter) throw error
        await delay(Math.max(error.retryAfter ?? 0, backOff), this.signal)
      }
    }
  }

  async #send(url: URL, request: HubRequest): Promise<{ response: Response; guard: StallGuard }> {
    const headers = new Headers()
    if (this.#options.token !== undefined && url.origin === this.endpoint.origin)
      headers.set("authorization", `Bearer ${this.#options.token}`)
    // Sizes and ranges must count the bytes of the file. Browsers choose for themselves and ignore this line.
    headers.set("accept-encoding", "identity")
    if (request.from) headers.set("range", `bytes=${request.from}-`)
    if (request.from && request.validator?.origin === url.origin) headers.set("if-range", request.validator.etag)
    const address = `${url.origin}${url.pathname}`
    const guard = new StallGuard(this.#options.stallTimeout, address, this.signal)
    try {
      const response = await this.#options.fetch(url, {
        method: request.method ?? "GET",
        headers,
        redirect: redirectMode,
        signal: guard.signal,
      })
      guard.pause()
      return { response, guard }
    } catch (error) {
      guard.pause()
      throw transportError(error, address, this.signal, guard.signal)
    }
  }
}
