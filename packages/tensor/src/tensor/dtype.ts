/** Element types of tensors. f16 is stored tightly packed, two to a 32-bit word, on every adapter. */
export type DType = "f32" | "f16" | "i32" | "u32"

/** Bytes of one element. */
export const bytesPerElement: Readonly<Record<DType, number>> = { f32: 4, f16: 2, i32: 4, u32: 4 }
