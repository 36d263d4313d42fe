/** Aborts when a request is to be given up, as long as it is not disposed of. */
export interface RequestSignal extends Disposable {
  readonly signal: AbortSignal
}

/** Aborts when the client leaves, or after so many seconds (with a `TimeoutError`). */
export function requestSignal(request: Request, seconds: number): RequestSignal {
  const controller = new AbortController()
  // Runtimes give reasons of their own, some of them plain strings.
  const leave = () => controller.abort(new DOMException("The client left.", "AbortError"))
  const late = () => controller.abort(new DOMException("The request took too long.", "TimeoutError"))
  // Not AbortSignal.timeout, whose timers outlive the requests that are answered in time.
  const timer = setTimeout(late, seconds * 1000)
  if (request.signal.aborted) leave()
  else request.signal.addEventListener("abort", leave, { once: true })
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      clearTimeout(timer)
      request.signal.removeEventListener("abort", leave)
    },
  }
}
