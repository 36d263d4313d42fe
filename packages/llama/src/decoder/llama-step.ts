import type { ForwardOptions } from "@llava/model"
import { ModelError } from "@llava/model"
import { type RopeTable, Tensor } from "@llava/tensor"
import { LlamaKvCache } from "./llama-kv-cache.ts"

/** What every layer of one forward pass shares. */
export interface LlamaStep {
  readonly table: RopeTable
  /** i32 `[batch, tokens]` */
  readonly positions: Tensor
  /** i32 `[batch]`: tokens in the cache before this pass. */
  readonly offsets: Tensor
  /** i32 `[batch]`: new tokens that are no padding. */
  readonly added: Tensor
  /** i32 `[batch]`: keys that may be seen, cached and new. */
  readonly keyLengths: Tensor
  /** The largest of them. */
  readonly keyTokens: number
  readonly cache: LlamaKvCache | undefined
}

/** Uploads positions and lengths of one pass over `[batch, tokens, hiddenSize]`. */
export function llamaStep(embeddings: Tensor, table: RopeTable, options: ForwardOptions): LlamaStep {
  const { device } = embeddings
  const [batch, tokens] = embeddings.shape as [number, number, number]
  const cache = ownCache(options)
  const before = cache?.lengths ?? new Array<number>(batch).fill(0)
  const added = options.lengths ?? new Array<number>(batch).fill(tokens)
  const after = before.map((length, row) => length + added[row]!)
  const keyTokens = Math.max(...after)
  const longest = table.maxPositions
  if (!options.positions && keyTokens > longest) {
    throw new ModelError(`${keyTokens} tokens exceed the model's context of ${longest} (max_position_embeddings).`, {
      code: "context-full",
      fix: "Shorten the prompt or ask for fewer new tokens.",
    })
  }
  const perRow = (values: readonly number[]) => Tensor.from(device, Int32Array.from(values), [batch])
  const counted = () =>
    Int32Array.from({ length: batch * tokens }, (_, i) => before[Math.floor(i / tokens)]! + (i % tokens))
  return {
    table,
    positions: options.positions ?? Tensor.from(device, clamp(counted(), longest - 1), [batch, tokens]),
    offsets: perRow(before),
    added: perRow(added),
    keyLengths: perRow(after),
    keyTokens,
    cache,
  }
}

/** Padding past the last position is never read, but its rotary row must exist. */
function clamp(positions: Int32Array, last: number): Int32Array {
  return positions.map((position) => Math.min(position, last))
}

function ownCache({ cache }: ForwardOptions): LlamaKvCache | undefined {
  if (cache === undefined || cache instanceof LlamaKvCache) return cache
  throw new ModelError("This cache was made by another language model.", {
    code: "foreign-cache",
    fix: "Use the cache that createCache of the same model returns.",
  })
}
