import { decodeTensorBytes } from "@llava/checkpoint"
import { type Device, PackedMatrix, type Parameter, Tensor } from "@llava/tensor"
import { loadMatrix } from "./load-matrix.ts"
import { matrixFormatFor, type WeightDType } from "./weight-dtype.ts"
import type { WeightEntry } from "./weight-entry.ts"

/** Reads the weights of one parameter to the GPU; matrices in the wanted form. */
export async function loadParameter(
  device: Device,
  parameter: Parameter,
  entry: WeightEntry,
  dtype: WeightDType,
  uploaded: (bytes: number) => Promise<void>,
): Promise<Tensor | PackedMatrix> {
  if (device.profile.plansOnly) return emptyParameter(device, parameter, entry, dtype)
  if (parameter.packable && parameter.shape.length === 2) return loadMatrix(device, entry, dtype, uploaded)
  const values = decodeTensorBytes(entry.stored.dtype, await entry.stored.read())
  if (entry.base) addInto(values, decodeTensorBytes(entry.base.dtype, await entry.base.read()))
  const ordered = entry.rowOrder ? reorder(values, entry.rowOrder) : values
  await uploaded(ordered.byteLength)
  return Tensor.from(device, ordered, parameter.shape)
}

/** What a parameter takes; its file need not be read. */
function emptyParameter(device: Device, parameter: Parameter, { stored }: WeightEntry, dtype: WeightDType) {
  const { shape, packable } = parameter
  const [rows, columns] = shape
  if (!packable || rows === undefined || columns === undefined || shape.length > 2) return Tensor.empty(device, shape)
  return PackedMatrix.create(device, matrixFormatFor(stored.dtype, columns, dtype), rows, columns)
}

function addInto(values: Float32Array, base: Float32Array): void {
  for (let i = 0; i < base.length; i++) values[i]! += base[i]!
}

function reorder(values: Float32Array, order: Int32Array): Float32Array {
  const width = values.length / order.length
  const result = new Float32Array(values.length)
  for (const [row, source] of order.entries()) {
    result.set(values.subarray(source * width, (source + 1) * width), row * width)
  }
  return result
}
