import type { StoredDType } from "@llava/checkpoint"
import type { MatrixFormat } from "@llava/tensor"

/**
 * How matrices are kept on the GPU. `auto` keeps what the file has where the GPU can: f32, f16, Q8_0, Q4_0 and Q4_1 as
 * they are; bfloat16 and the other block formats as f16 (as f32 where a value does not fit f16). `unquantised` is the
 * same, but with every block format as f16: what is saved then is what was on the GPU.
 */
export type WeightDType = "auto" | "unquantised" | MatrixFormat

const direct: Partial<Record<StoredDType, MatrixFormat>> = {
  F32: "f32",
  F16: "f16",
  Q8_0: "q8_0",
  Q4_0: "q4_0",
  Q4_1: "q4_1",
}

/** The form of the bytes that `PackedMatrix.writeRows` takes for a format, in the file's terms. */
export const storedFormOf: Readonly<Record<MatrixFormat, "F32" | "F16" | "Q8_0" | "Q4_0" | "Q4_1">> = {
  f32: "F32",
  f16: "F16",
  q8_0: "Q8_0",
  q4_0: "Q4_0",
  q4_1: "Q4_1",
}

/** The format for a matrix of a file. Quantised formats need rows of whole blocks; others stay f16. */
export function matrixFormatFor(stored: StoredDType, columns: number, wanted: WeightDType): MatrixFormat {
  if (wanted === "unquantised") return stored === "F32" || stored === "F64" ? "f32" : "f16"
  if (wanted === "auto") return direct[stored] ?? (stored === "F64" ? "f32" : "f16")
  return wanted.startsWith("q") && columns % 32 !== 0 ? "f16" : wanted
}

/** Encoder and projector are never quantised: it costs more in answers than it saves in memory. */
export function imageDType(wanted: WeightDType): WeightDType {
  return wanted.startsWith("q") ? "auto" : wanted
}
