import type { Kernel } from "../kernel/kernel.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import { type AttentionSide, attentionStatsKernel } from "../kernels/attention-backward.ts"
import { attentionBackwardLanesKernel, BACKWARD_ROWS } from "../kernels/attention-backward-lanes.ts"
import { attentionBackwardTilesKernel, BACKWARD_TILE_ROWS } from "../kernels/attention-backward-tiles.ts"
import { Tensor } from "../tensor/tensor.ts"

export interface AttentionBackwardInput {
  query: Tensor
  key: Tensor
  value: Tensor
  output: Tensor
  /** `[batch, queryTokens, heads]` */
  logSums: Tensor
  /** Of the output. */
  gradient: Tensor
  keyLengths: Tensor | undefined
  queryOffsets: Tensor | undefined
  segments: Tensor | undefined
  /** Those of the forward kernel. */
  params: readonly number[]
}

/** Gradients of query, key and value, in their shapes; scores are computed again, twice. */
export function attentionBackward(input: AttentionBackwardInput): [ofQuery: Tensor, ofKey: Tensor, ofValue: Tensor] {
  const { query, key, value, output, logSums, gradient, keyLengths, queryOffsets, segments, params } = input
  const { device } = query
  const [batch, queryTokens, heads, headSize] = query.shape as [number, number, number, number]
  const [, keyCapacity, kvHeads] = key.shape as [number, number, number, number]
  using stats = Tensor.empty(device, [batch, queryTokens, heads, 4])
  device.run(attentionStatsKernel, {
    bindings: [
      logSums.buffer,
      output.buffer,
      gradient.buffer,
      (keyLengths ?? query).buffer,
      (queryOffsets ?? query).buffer,
      (segments ?? query).buffer,
      stats.buffer,
    ],
    params,
    workgroups: workgroupGrid(device, Math.ceil(logSums.size / 64)),
  })
  const ofQuery = Tensor.empty(device, query.shape)
  const ofKey = Tensor.empty(device, key.shape)
  const ofValue = Tensor.empty(device, key.shape)
  const { software, subgroupSize: lanes } = device.profile
  const inRegisters = software && lanes >= 4 && lanes <= 16 && headSize % 4 === 0
  const tileRows = inRegisters ? BACKWARD_ROWS : BACKWARD_TILE_ROWS
  const kernel = (of: AttentionSide): Kernel =>
    inRegisters
      ? attentionBackwardLanesKernel({ of, lanes, units: headSize / 4, segments: segments !== undefined })
      : attentionBackwardTilesKernel({ of, chunks: Math.ceil(headSize / 32) })
  const run = (of: AttentionSide, rows: number, results: readonly Tensor[]) =>
    device.run(kernel(of), {
      bindings: [query, key, value, gradient, stats, segments ?? query, ...results].map(({ buffer }) => buffer),
      params,
      workgroups: workgroupGrid(device, batch * kvHeads * Math.ceil(rows / tileRows)),
    })
  run("query", (heads / kvHeads) * queryTokens, [ofQuery])
  run("key_value", keyCapacity, [ofKey, ofValue])
  return [ofQuery, ofKey, ofValue]
}
