import { isRecorded } from "../autograd/is-recorded.ts"
import type { Binding } from "../device/device.ts"
import type { MatrixFormat } from "../matrix/matrix-format.ts"
import type { PackedMatrix } from "../matrix/packed-matrix.ts"
import { elementCount } from "../tensor/shape.ts"
import type { Tensor } from "../tensor/tensor.ts"

/** Packed matrices that one dispatch can multiply with one row. */
export interface MatvecTogether {
  readonly kind: MatrixFormat
  readonly lanes: number
  /** 32-bit words in a row of each matrix. */
  readonly groups: number
  /** Of each matrix: words, then scales where the format has them. */
  readonly bindings: readonly Binding[]
}

/**
 * Undefined where each matrix needs a dispatch of its own. `outputs`: buffers that are written. Only quantised matrices
 * go together: products with others take so long to load their weights that a dispatch less is not felt.
 */
export function matvecTogether(
  x: Tensor,
  weights: readonly PackedMatrix[],
  outputs: number,
): MatvecTogether | undefined {
  const { software, subgroupSize } = x.device.profile
  if (!software || (subgroupSize !== 4 && subgroupSize !== 8)) return undefined
  if (!weights.every(({ format }) => format.startsWith("q"))) return undefined
  if (isRecorded([x]) || elementCount(x.shape.slice(0, -1)) !== 1) return undefined
  const [first] = weights
  const alike = weights.every(
    ({ format, shape: [columns, k], parts }) =>
      format === first!.format && k === x.shape.at(-1) && columns % 4 === 0 && parts.length === 1,
  )
  if (!first || !alike) return undefined
  const bindings = weights.flatMap(({ parts: [part] }) => (part!.scales ? [part!.words, part!.scales] : [part!.words]))
  if (1 + bindings.length + outputs > x.device.limits.maxStorageBuffersPerShaderStage) return undefined
  return { kind: first.format, lanes: subgroupSize, groups: first.groups, bindings }
}
