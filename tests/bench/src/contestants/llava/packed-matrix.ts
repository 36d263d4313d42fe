import { type Device, type MatrixFormat, PackedMatrix } from "@llava/tensor"
import { ggufRows } from "../../data/gguf-rows.ts"
import type { RandomMatrix, WeightFormat } from "../../data/random-matrix.ts"

const formats = { f32: "f32", f16: "f16", int8: "q8_0", int4: "q4_0" } as const satisfies Record<
  WeightFormat,
  MatrixFormat
>

/** The matrix on the device. */
export function packedMatrix(device: Device, matrix: RandomMatrix): PackedMatrix {
  const packed = PackedMatrix.create(device, formats[matrix.format], matrix.outputs, matrix.inputs)
  packed.writeRows(0, ggufRows(matrix))
  return packed
}
