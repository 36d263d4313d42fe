import { blockLayout } from "../dtype/block-layout.ts"
import type { StoredDType } from "../stored-tensor.ts"

/** An element type of PyTorch; `stored` is undefined for those this package does not read (complex, quantised, 8-bit floats). */
export interface TorchDType {
  readonly name: string
  readonly stored: StoredDType | undefined
  readonly bytes: number
}

const readable: readonly [storage: string | undefined, stored: StoredDType, ...names: string[]][] = [
  ["DoubleStorage", "F64", "float64", "double"],
  ["FloatStorage", "F32", "float32", "float"],
  ["HalfStorage", "F16", "float16", "half"],
  ["BFloat16Storage", "BF16", "bfloat16"],
  ["LongStorage", "I64", "int64", "long"],
  ["IntStorage", "I32", "int32", "int"],
  ["ShortStorage", "I16", "int16", "short"],
  ["CharStorage", "I8", "int8"],
  ["ByteStorage", "U8", "uint8"],
  ["BoolStorage", "BOOL", "bool"],
  [undefined, "U16", "uint16"],
  [undefined, "U32", "uint32"],
  [undefined, "U64", "uint64"],
]

/** Bytes per element are needed to step over their data in files of the old layout. */
const unreadable: readonly [storage: string | undefined, bytes: number, ...names: string[]][] = [
  ["ComplexDoubleStorage", 16, "complex128", "cdouble"],
  ["ComplexFloatStorage", 8, "complex64", "cfloat"],
  [undefined, 4, "complex32", "chalf"],
  ["QInt32Storage", 4, "qint32"],
  ["QInt8Storage", 1, "qint8"],
  ["QUInt8Storage", 1, "quint8"],
  ["QUInt4x2Storage", 1, "quint4x2"],
  ["QUInt2x4Storage", 1, "quint2x4"],
  [undefined, 1, "float8_e4m3fn"],
  [undefined, 1, "float8_e4m3fnuz"],
  [undefined, 1, "float8_e5m2"],
  [undefined, 1, "float8_e5m2fnuz"],
  [undefined, 1, "float8_e8m0fnu"],
]

const byName = new Map<string, TorchDType>()
const byStorage = new Map<string, TorchDType>()
for (const [storage, stored, ...names] of readable) {
  const dtype = { name: names[0]!, stored, bytes: blockLayout(stored).bytes }
  for (const name of names) byName.set(name, dtype)
  if (storage) byStorage.set(storage, dtype)
}
for (const [storage, bytes, ...names] of unreadable) {
  const dtype = { name: names[0]!, stored: undefined, bytes }
  for (const name of names) byName.set(name, dtype)
  if (storage) byStorage.set(storage, dtype)
}

/** The element type that `torch.<name>` stands for, or whose storage class is `<name>`. */
export function torchDType(name: string, kind: "dtype" | "storage"): TorchDType | undefined {
  return (kind === "dtype" ? byName : byStorage).get(name)
}
