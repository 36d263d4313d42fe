import { decodeTensorBytes } from "@llava/checkpoint"
import { type Device, type Module, type PackedMatrix, type Parameter, Tensor } from "@llava/tensor"
import { loadMatrix } from "./load-matrix.ts"
import type { WeightDType } from "./weight-dtype.ts"
import type { WeightEntry } from "./weight-entry.ts"

/** Bytes uploaded before the GPU is waited for, so that staging memory does not pile up. */
const BYTES_IN_FLIGHT = 64 * 2 ** 20

export interface LoadWeightsOptions {
  dtype: WeightDType
  /** Called with the bytes of each tensor once it is on the GPU. */
  onBytes?: (bytes: number) => void
  signal?: AbortSignal | undefined
}

/** Streams weights from files to the GPU, one tensor after the other. On failure what was loaded is released. */
export async function loadWeights(
  device: Device,
  module: Module,
  entries: ReadonlyMap<string, WeightEntry>,
  { dtype, onBytes, signal }: LoadWeightsOptions,
): Promise<void> {
  let inFlight = 0
  const uploaded = async (bytes: number) => {
    inFlight += bytes
    signal?.throwIfAborted()
    if (inFlight < BYTES_IN_FLIGHT) return
    inFlight = 0
    await device.synchronize()
  }
  try {
    for (const [path, parameter] of module.namedParameters()) {
      const entry = entries.get(path)
      if (!entry) continue
      parameter.set(await loadParameter(device, parameter, entry, dtype, uploaded))
      onBytes?.(entry.stored.byteLength)
    }
    await device.synchronize()
  } catch (error) {
    module[Symbol.dispose]()
    throw error
  }
}

async function loadParameter(
  device: Device,
  parameter: Parameter,
  entry: WeightEntry,
  dtype: WeightDType,
  uploaded: (bytes: number) => Promise<void>,
): Promise<Tensor | PackedMatrix> {
  if (parameter.packable && parameter.shape.length === 2) return loadMatrix(device, entry, dtype, uploaded)
  const values = decodeTensorBytes(entry.stored.dtype, await entry.stored.read())
  if (entry.base) addInto(values, decodeTensorBytes(entry.base.dtype, await entry.base.read()))
  const ordered = entry.rowOrder ? reorder(values, entry.rowOrder) : values
  await uploaded(ordered.byteLength)
  return Tensor.from(device, ordered, parameter.shape)
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
