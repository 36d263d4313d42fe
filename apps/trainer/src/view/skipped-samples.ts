/** Lines that are printed of a longer list. */
const SHOWN = 20

/** Samples that were left out, each once, with why. */
export class SkippedSamples {
  readonly #reasons = new Map<string | number, string>()

  add(id: string | number, error: Error): void {
    this.#reasons.set(id, error.message)
  }

  get size(): number {
    return this.#reasons.size
  }

  /** What there is to say; nothing where no sample was left out. */
  lines(): string[] {
    if (this.size === 0) return []
    const shown = [...this.#reasons.values()].slice(0, SHOWN).map((reason) => `  ${reason}`)
    const more = this.size > SHOWN ? [`  and ${this.size - SHOWN} more`] : []
    return [`${this.size} ${this.size === 1 ? "sample was" : "samples were"} left out:`, ...shown, ...more]
  }
}
