import type { StoredDType } from "../stored-tensor.ts"

/** ggml's numbers of element types (`enum ggml_type`); `undefined` are those this package does not read. */
const types: readonly (readonly [id: number, name: string, stored: StoredDType | undefined])[] = [
  [0, "F32", "F32"],
  [1, "F16", "F16"],
  [2, "Q4_0", "Q4_0"],
  [3, "Q4_1", "Q4_1"],
  [6, "Q5_0", "Q5_0"],
  [7, "Q5_1", "Q5_1"],
  [8, "Q8_0", "Q8_0"],
  [9, "Q8_1", undefined],
  [10, "Q2_K", "Q2_K"],
  [11, "Q3_K", "Q3_K"],
  [12, "Q4_K", "Q4_K"],
  [13, "Q5_K", "Q5_K"],
  [14, "Q6_K", "Q6_K"],
  [15, "Q8_K", undefined],
  [16, "IQ2_XXS", undefined],
  [17, "IQ2_XS", undefined],
  [18, "IQ3_XXS", undefined],
  [19, "IQ1_S", undefined],
  [20, "IQ4_NL", "IQ4_NL"],
  [21, "IQ3_S", undefined],
  [22, "IQ2_S", undefined],
  [23, "IQ4_XS", "IQ4_XS"],
  [24, "I8", "I8"],
  [25, "I16", "I16"],
  [26, "I32", "I32"],
  [27, "I64", "I64"],
  [28, "F64", "F64"],
  [29, "IQ1_M", undefined],
  [30, "BF16", "BF16"],
  [34, "TQ1_0", undefined],
  [35, "TQ2_0", undefined],
  [39, "MXFP4", undefined],
  [40, "NVFP4", undefined],
]

const byId = new Map(types.map(([id, name, stored]) => [id, { name, stored }]))
const byStored = new Map(types.map(([id, , stored]) => [stored, id]))

/** The element type behind a number in a file; undefined for numbers nobody has given out. */
export function ggufTensorType(id: number): { name: string; stored: StoredDType | undefined } | undefined {
  return byId.get(id)
}

/** The number of an element type; undefined for types GGUF does not have (unsigned integers, BOOL). */
export function ggufTensorTypeId(dtype: StoredDType): number | undefined {
  return byStored.get(dtype)
}
