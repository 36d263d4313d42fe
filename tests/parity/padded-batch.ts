import { cutRows } from "./cut-rows.ts"
import type { Fixture } from "./fixture.ts"

/** Rows of a batch with their padding at the end, wherever the fixture has it. */
export class PaddedBatch {
  /** `input_ids`, padding last. */
  readonly rows: readonly (readonly number[])[]
  readonly lengths: readonly number[]
  readonly #starts: readonly number[]

  private constructor(rows: readonly (readonly number[])[], lengths: readonly number[], starts: readonly number[]) {
    this.rows = rows.map((row, index) => rotate(row, starts[index]!))
    this.lengths = lengths
    this.#starts = starts
  }

  /** Reads `input_ids` and, where there is one, `attention_mask`. */
  static async read(fixture: Fixture): Promise<PaddedBatch> {
    const rows = await fixture.rows("input_ids")
    const mask = fixture.has("attention_mask")
      ? await fixture.rows("attention_mask")
      : rows.map((row) => row.map(() => 1))
    const lengths = mask.map((row) => row.filter((value) => value === 1).length)
    const starts = mask.map((row) => Math.max(0, row.indexOf(1)))
    for (const [index, row] of mask.entries()) {
      const end = starts[index]! + lengths[index]!
      if (row.every((value, token) => value === (token >= starts[index]! && token < end ? 1 : 0))) continue
      throw new Error(`'attention_mask' row ${index} has padding between tokens`)
    }
    return new PaddedBatch(rows, lengths, starts)
  }

  /** A fixture's rows, such as labels, padding last. */
  align(rows: readonly (readonly number[])[]): number[][] {
    return rows.map((row, index) => rotate(row, this.#starts[index]!))
  }

  /** The fixture's values `[rows, tokens, width]` for the tokens that are no padding, row after row. */
  validOf(values: Float32Array, width: number): Float32Array {
    return cutRows(values, this.rows[0]!.length, width, this.lengths, this.#starts)
  }

  /**
   * Our values and the fixture's, both `[rows, tokens, width]`, as they compare: whole where padding stands in the same
   * place, else without it.
   */
  comparable(values: Float32Array, expected: Float32Array, width: number): [Float32Array, Float32Array] {
    if (this.#starts.every((start) => start === 0)) return [values, expected]
    return [cutRows(values, this.rows[0]!.length, width, this.lengths), this.validOf(expected, width)]
  }
}

function rotate(row: readonly number[], start: number): number[] {
  return [...row.slice(start), ...row.slice(0, start)]
}
