/** What of a stream may be shown, and the stop string that ended it. */
export interface StopStringStep {
  text: string
  stoppedBy?: string
}

/**
 * Ends a stream of text at the first stop string, wherever the borders of its pieces lie: text that may be the
 * beginning of a stop string is held back until that is decided. Of several stop strings the one that is complete
 * first counts; if two are at once, the longer.
 */
export class StopStringMatcher {
  readonly #stops: readonly string[]
  #held = ""
  #isStopped = false

  constructor(stops: readonly string[]) {
    // An empty stop string would stop everything.
    this.#stops = stops.filter((stop) => stop !== "").toSorted((a, b) => b.length - a.length)
  }

  /** Takes the next piece; gives what is safe to show. After a stop nothing more comes. */
  push(piece: string): StopStringStep {
    if (this.#isStopped) return { text: "" }
    const text = this.#held + piece
    const match = this.#firstComplete(text)
    if (match) {
      this.#held = ""
      this.#isStopped = true
      return { text: text.slice(0, match.start), stoppedBy: match.stop }
    }
    const safe = text.length - this.#pendingLength(text)
    this.#held = text.slice(safe)
    return { text: text.slice(0, safe) }
  }

  /** The stream is over: gives what was held back. */
  flush(): string {
    const held = this.#held
    this.#held = ""
    return held
  }

  #firstComplete(text: string): { start: number; stop: string } | undefined {
    let first: { start: number; stop: string } | undefined
    for (const stop of this.#stops) {
      const start = text.indexOf(stop)
      if (start === -1) continue
      if (!first || start + stop.length < first.start + first.stop.length) first = { start, stop }
    }
    return first
  }

  /** Length of the longest end of the text that begins a stop string. */
  #pendingLength(text: string): number {
    const longest = Math.min(text.length, Math.max(0, (this.#stops[0]?.length ?? 0) - 1))
    for (let length = longest; length > 0; length--) {
      const end = text.slice(-length)
      if (this.#stops.some((stop) => stop.startsWith(end))) return length
    }
    return 0
  }
}
