import { type CachePlaces, type Device, type PagedAttentionOptions, Tensor } from "@llava/tensor"
import type { KvContext } from "../contract/kv-cache.ts"
import type { PagedSequence } from "../contract/paged-kv-cache.ts"
import { ModelError } from "../model-error.ts"
import type { LayerCache } from "./attention-cache.ts"

interface Pages {
  readonly pageSize: number
  readonly layers: readonly LayerCache[]
}

/** Sequences of a paged cache in one forward pass, each of their new tokens a row of its own. */
export class PagedContext implements KvContext {
  /** New tokens of all sequences. */
  readonly batch: number
  readonly capacity: number
  /** The position of each new token. */
  readonly lengths: readonly number[]
  readonly layers: readonly LayerCache[]
  readonly #sequences: readonly PagedSequence[]
  readonly #pageSize: number

  constructor({ pageSize, layers }: Pages, sequences: readonly PagedSequence[]) {
    for (const { pages, length, added } of sequences) {
      if (pages.length * pageSize >= length + added) continue
      throw new ModelError(`${length} and ${added} tokens do not fit ${pages.length} pages of ${pageSize}.`, {
        code: "pages",
        fix: "Give the sequence another page.",
      })
    }
    this.lengths = sequences.flatMap(({ length, added }) => Array.from({ length: added }, (_, i) => length + i))
    this.batch = this.lengths.length
    this.capacity = Math.max(...sequences.map(({ pages }) => pages.length)) * pageSize
    this.layers = layers
    this.#sequences = sequences
    this.#pageSize = pageSize
  }

  /** Tells the GPU where the tokens are, as tensors of the scope. */
  upload(device: Device): { places: CachePlaces; paging: PagedAttentionOptions } {
    const sequences = this.#sequences
    const size = this.#pageSize
    const integers = (values: readonly number[], shape: readonly number[]) =>
      Tensor.from(device, Int32Array.from(values), shape)
    const ends = sequences.map(({ length, added }) => length + added)
    const tablePages = Math.ceil(Math.max(...ends) / size)
    const table = new Int32Array(sequences.length * tablePages)
    for (const [row, { pages }] of sequences.entries()) table.set(pages.slice(0, tablePages), row * tablePages)
    const slots = sequences.flatMap(({ pages, length, added }) =>
      Array.from({ length: added }, (_, i) => pages[Math.floor((length + i) / size)]! * size + ((length + i) % size)),
    )
    let queries = 0
    const starts = sequences.map(({ added }) => {
      queries += added
      return queries
    })
    return {
      places: { slots: integers(slots, [this.batch, 1]) },
      paging: {
        pages: Tensor.from(device, table, [sequences.length, tablePages]),
        keyLengths: integers(ends, [sequences.length]),
        queryStarts: integers([0, ...starts], [sequences.length + 1]),
        queryTokens: Math.max(...sequences.map(({ added }) => added)),
      },
    }
  }
}
