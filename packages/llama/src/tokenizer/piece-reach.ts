/** Characters that a beginning is told by. */
const HEAD = 4

/**
 * How far pieces reach from where they begin, in UTF-16 units, told by how they begin: most places in a text are the
 * beginning of no long piece, and need not be tried for one.
 */
export class PieceReach {
  readonly #byHead = new Map<string, number>()
  #short = 1

  constructor(pieces: Iterable<string>) {
    for (const piece of pieces) {
      if (piece.length < HEAD) this.#short = Math.max(this.#short, piece.length)
      else {
        const head = piece.slice(0, HEAD)
        this.#byHead.set(head, Math.max(this.#byHead.get(head) ?? 0, piece.length))
      }
    }
  }

  /** Length of the longest piece that may begin at a place of a text. */
  at(text: string, start: number): number {
    return Math.max(this.#short, this.#byHead.get(text.slice(start, start + HEAD)) ?? 0)
  }
}
