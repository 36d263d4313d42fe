/** The types of GGUF metadata values, with the numbers they have in files. */
export const ggufValueTypes = {
  UINT8: 0,
  INT8: 1,
  UINT16: 2,
  INT16: 3,
  UINT32: 4,
  INT32: 5,
  FLOAT32: 6,
  BOOL: 7,
  STRING: 8,
  ARRAY: 9,
  UINT64: 10,
  INT64: 11,
  FLOAT64: 12,
} as const

export type GgufValueType = keyof typeof ggufValueTypes

export type GgufScalarType = Exclude<GgufValueType, "ARRAY">

const names = new Map(Object.entries(ggufValueTypes).map(([name, id]) => [id as number, name as GgufValueType]))

export function ggufValueTypeName(id: number): GgufValueType | undefined {
  return names.get(id)
}
