import type { GgufCursor } from "./gguf-cursor.ts"
import { GgufProblem } from "./gguf-problem.ts"
import { type GgufScalarType, ggufValueTypeName } from "./gguf-value-types.ts"

/** Arrays of arrays exist in the format; deeper ones in no file. */
const deepest = 4

const scalars: Readonly<Record<GgufScalarType, (cursor: GgufCursor) => unknown>> = {
  UINT8: (cursor) => cursor.uint8(),
  INT8: (cursor) => cursor.int8(),
  UINT16: (cursor) => cursor.uint16(),
  INT16: (cursor) => cursor.int16(),
  UINT32: (cursor) => cursor.uint32(),
  INT32: (cursor) => cursor.int32(),
  UINT64: (cursor) => narrow(cursor.uint64()),
  INT64: (cursor) => narrow(cursor.int64()),
  FLOAT32: (cursor) => cursor.float32(),
  FLOAT64: (cursor) => cursor.float64(),
  BOOL: (cursor) => cursor.bool(),
  STRING: (cursor) => cursor.string(),
}

const typedArrays = {
  UINT8: Uint8Array,
  INT8: Int8Array,
  UINT16: Uint16Array,
  INT16: Int16Array,
  UINT32: Uint32Array,
  INT32: Int32Array,
  UINT64: BigUint64Array,
  INT64: BigInt64Array,
  FLOAT32: Float32Array,
  FLOAT64: Float64Array,
}

/**
 * A metadata value with its type number in front. 64-bit integers become bigints only where a number is not exact;
 * arrays of numbers become typed arrays, arrays of strings, truth values and arrays plain ones.
 */
export function readGgufValue(cursor: GgufCursor): unknown {
  return readValue(cursor, cursor.uint32(), 0)
}

function readValue(cursor: GgufCursor, typeId: number, depth: number): unknown {
  const type = ggufValueTypeName(typeId)
  if (type === undefined) throw new GgufProblem(`a value of the unknown type ${typeId}`)
  if (type !== "ARRAY") return scalars[type](cursor)
  if (depth === deepest) throw new GgufProblem(`arrays nested more than ${deepest} deep`)
  const elementId = cursor.uint32()
  const element = ggufValueTypeName(elementId)
  if (element === undefined) throw new GgufProblem(`an array of the unknown type ${elementId}`)
  if (element === "STRING" || element === "BOOL" || element === "ARRAY") {
    const count = cursor.count("array elements", { STRING: 8, BOOL: 1, ARRAY: 12 }[element])
    const values: unknown[] = []
    for (let i = 0; i < count; i++)
      values.push(element === "ARRAY" ? readValue(cursor, elementId, depth + 1) : scalars[element](cursor))
    return values
  }
  const TypedArray = typedArrays[element]
  const count = cursor.count("array elements", TypedArray.BYTES_PER_ELEMENT)
  return new TypedArray(cursor.copy(count * TypedArray.BYTES_PER_ELEMENT))
}

function narrow(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}
