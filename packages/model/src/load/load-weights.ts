import type { Device, Module } from "@llava/tensor"
import { loadParameter } from "./load-parameter.ts"
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
