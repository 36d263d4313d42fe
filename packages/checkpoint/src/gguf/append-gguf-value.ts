import { CheckpointError } from "../checkpoint-error.ts"
import type { ByteBuilder } from "./byte-builder.ts"
import { type GgufScalarType, ggufValueTypes } from "./gguf-value-types.ts"

type TypedArray =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigUint64Array
  | BigInt64Array
  | Float32Array
  | Float64Array

/**
 * A metadata value. Readers in C are strict about types, so say the type where it matters: `{ type: "FLOAT32", value:
 * 10000 }`. Otherwise whole numbers are UINT32 (negative ones INT32), other numbers FLOAT32, and typed arrays arrays of
 * their own type.
 */
export type GgufMetadataValue =
  | string
  | boolean
  | number
  | readonly string[]
  | TypedArray
  | { readonly type: GgufScalarType; readonly value: string | boolean | number | bigint }

const ranges: Readonly<Partial<Record<GgufScalarType, readonly [bigint, bigint]>>> = {
  UINT8: [0n, 0xffn],
  INT8: [-0x80n, 0x7fn],
  UINT16: [0n, 0xffffn],
  INT16: [-0x8000n, 0x7fffn],
  UINT32: [0n, 0xffffffffn],
  INT32: [-0x80000000n, 0x7fffffffn],
  UINT64: [0n, 0xffffffffffffffffn],
  INT64: [-0x8000000000000000n, 0x7fffffffffffffffn],
}

/** Appends the type number and the value; `key` is for error messages. */
export function appendGgufValue(builder: ByteBuilder, key: string, value: GgufMetadataValue): void {
  if (Array.isArray(value)) {
    builder.uint32(ggufValueTypes.ARRAY).uint32(ggufValueTypes.STRING).uint64(value.length)
    for (const text of value) builder.string(text)
  } else if (ArrayBuffer.isView(value)) {
    builder.uint32(ggufValueTypes.ARRAY).uint32(ggufValueTypes[elementType(value)]).uint64(value.length)
    builder.bytes(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
  } else if (typeof value === "object" && "type" in value) appendScalar(builder, key, value.type, value.value)
  else if (typeof value === "number" && !Number.isInteger(value)) appendScalar(builder, key, "FLOAT32", value)
  else if (typeof value === "number") appendScalar(builder, key, value < 0 ? "INT32" : "UINT32", value)
  else if (typeof value === "string" || typeof value === "boolean")
    appendScalar(builder, key, typeof value === "string" ? "STRING" : "BOOL", value)
}

function appendScalar(builder: ByteBuilder, key: string, type: GgufScalarType, value: unknown): void {
  builder.uint32(ggufValueTypes[type])
  const range = ranges[type]
  if (type === "STRING" && typeof value === "string") builder.string(value)
  else if (type === "BOOL" && typeof value === "boolean") builder.uint8(value ? 1 : 0)
  else if (type === "FLOAT32" && typeof value === "number") builder.float32(value)
  else if (type === "FLOAT64" && typeof value === "number") builder.float64(value)
  else if (
    range &&
    (typeof value === "bigint" || Number.isSafeInteger(value)) &&
    inRange(BigInt(value as number), range)
  )
    appendInteger(builder, type, BigInt(value as number))
  else
    throw new CheckpointError(`GGUF metadata ${key}: ${String(value)} is not a ${type}.`, {
      code: "metadata-invalid",
      fix: "Give the type that fits, as { type, value }.",
    })
}

function appendInteger(builder: ByteBuilder, type: GgufScalarType, value: bigint): void {
  if (type === "UINT64" || type === "INT64") builder.uint64(BigInt.asUintN(64, value))
  else if (type === "UINT32" || type === "INT32") builder.uint32(Number(BigInt.asUintN(32, value)))
  else if (type === "UINT16" || type === "INT16") builder.uint16(Number(BigInt.asUintN(16, value)))
  else builder.uint8(Number(BigInt.asUintN(8, value)))
}

function inRange(value: bigint, [least, most]: readonly [bigint, bigint]): boolean {
  return least <= value && value <= most
}

function elementType(array: TypedArray): GgufScalarType {
  if (array instanceof Uint8Array) return "UINT8"
  if (array instanceof Int8Array) return "INT8"
  if (array instanceof Uint16Array) return "UINT16"
  if (array instanceof Int16Array) return "INT16"
  if (array instanceof Uint32Array) return "UINT32"
  if (array instanceof Int32Array) return "INT32"
  if (array instanceof BigUint64Array) return "UINT64"
  if (array instanceof BigInt64Array) return "INT64"
  return array instanceof Float32Array ? "FLOAT32" : "FLOAT64"
}
