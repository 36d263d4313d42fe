import { BLOCK, type RandomMatrix } from "../data/random-matrix.ts"
import type { OnnxGraph } from "./onnx-graph.ts"

/** x times the matrix: MatMul for f32 and f16, MatMulNBits for int8 and int4 (x and the result f32). */
export function onnxLinear(graph: OnnxGraph, x: string, matrix: RandomMatrix): string {
  const { format, outputs, inputs } = matrix
  if (format === "f32" || format === "f16") {
    return graph.node("MatMul", [x, graph.constant(format, [inputs, outputs], matrix.transposed())])
  }
  const bits = format === "int8" ? 8 : 4
  const blocks = inputs / BLOCK
  const { quants, scales } = matrix.quantised
  const bytes = bits === 8 ? quants : pairs(quants)
  const weight = graph.constant("u8", [outputs, blocks, (BLOCK * bits) / 8], bytes)
  const scale = graph.constant("f32", [outputs * blocks], scales)
  return graph.node("MatMulNBits", [x, weight, scale], {
    attributes: { K: inputs, N: outputs, bits, block_size: BLOCK },
    domain: "com.microsoft",
  })
}

/** Two neighbouring 4-bit numbers in a byte, the first in the low bits. */
function pairs(quants: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(quants.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = quants[2 * i]! | (quants[2 * i + 1]! << 4)
  return bytes
}
