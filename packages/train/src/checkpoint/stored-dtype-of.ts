import type { StoredDType } from "@llava/checkpoint"
import type { DType, Tensor } from "@llava/tensor"

const names: Readonly<Record<DType, StoredDType>> = { f32: "F32", f16: "F16", i32: "I32", u32: "U32" }

/** What the elements of a tensor are called in a file. */
export const storedDTypeOf = ({ dtype }: Tensor): StoredDType => names[dtype]
