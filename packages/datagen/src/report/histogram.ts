/** Counts of whole numbers, such as lengths in words. */
export class Histogram {
  readonly #counts = new Map<number, number>()
  #total = 0
  #sum = 0

  add(value: number): void {
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1)
    this.#total++
    this.#sum += value
  }

  get total(): number {
    return this.#total
  }

  get mean(): number {
    return this.#total === 0 ? 0 : this.#sum / this.#total
  }

  /** The smallest value that at least this share of all values does not exceed. */
  quantile(share: number): number {
    let seen = 0
    for (const [value, count] of [...this.#counts].sort(([one], [other]) => one - other)) {
      seen += count
      if (seen >= share * this.#total) return value
    }
    return 0
  }

  /** At most so many bins of equal width that together hold every value. */
  bins(most: number): { from: number; to: number; count: number }[] {
    const values = [...this.#counts.keys()]
    if (values.length === 0) return []
    const first = Math.min(...values)
    const width = Math.max(1, Math.ceil((Math.max(...values) - first + 1) / most))
    const bins = new Map<number, number>()
    for (const [value, count] of this.#counts) {
      const bin = Math.floor((value - first) / width)
      bins.set(bin, (bins.get(bin) ?? 0) + count)
    }
    return Array.from({ length: Math.max(...bins.keys()) + 1 }, (_, bin) => {
      const from = first + bin * width
      return { from, to: from + width - 1, count: bins.get(bin) ?? 0 }
    })
  }
}
