import type { Device, Module } from "@llava/tensor"
import { checkFit } from "./check-fit.ts"
import type { LoadOptions } from "./load-options.ts"
import { loadWeights } from "./load-weights.ts"
import type { WeightDType } from "./weight-dtype.ts"
import type { WeightEntry } from "./weight-entry.ts"

/** A module, where its weights stand, and how they are to be kept. */
export interface PendingModule {
  readonly module: Module
  readonly entries: ReadonlyMap<string, WeightEntry>
  readonly dtype: WeightDType
}

/** Loads modules after all of them were found to fit; on failure none stays loaded. */
export async function loadPending(
  device: Device,
  modules: readonly PendingModule[],
  { onProgress, signal }: Pick<LoadOptions, "onProgress" | "signal">,
): Promise<void> {
  for (const { module, entries, dtype } of modules) checkFit(device, module, entries, dtype)
  const totalBytes = modules
    .flatMap(({ entries }) => [...entries.values()])
    .reduce((sum, { stored }) => sum + stored.byteLength, 0)
  let loadedBytes = 0
  const onBytes = (bytes: number) => {
    loadedBytes += bytes
    onProgress?.({ loadedBytes, totalBytes })
  }
  try {
    for (const { module, entries, dtype } of modules) {
      await loadWeights(device, module, entries, { dtype, onBytes, signal })
    }
  } catch (error) {
    for (const { module } of modules) module[Symbol.dispose]()
    throw error
  }
}
