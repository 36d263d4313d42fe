/** Aborts when the client leaves, or after so many seconds (with a `TimeoutError`). */
export function requestSignal(request: Request, seconds: number): AbortSignal {
  const left = new AbortController()
  // Runtimes give reasons of their own, some of them plain strings.
  const leave = () => left.abort(new DOMException("The client left.", "AbortError"))
  if (request.signal.aborted) leave()
  else request.signal.addEventListener("abort", leave, { once: true })
  return AbortSignal.any([left.signal, AbortSignal.timeout(seconds * 1000)])
}
