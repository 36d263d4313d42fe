import type { StoredTensor } from "@llava/checkpoint"
import type { Device, Module } from "@llava/tensor"
import { collectWeights } from "./collect-weights.ts"
import type { LoadOptions } from "./load-options.ts"
import { loadPending } from "./load-pending.ts"

/** Where a module's weights go, and what they are called. */
export interface LoadModuleOptions extends Pick<LoadOptions, "dtype" | "onProgress" | "signal"> {
  device: Device
  /** Tensor name to parameter path; undefined to ignore. Default: equal. */
  keys?: (name: string) => string | undefined
}

/** Loads any module from stored tensors. `what` names it in errors, which are those of `loadParts`. */
export async function loadModule(
  what: string,
  module: Module,
  tensors: ReadonlyMap<string, StoredTensor>,
  { device, keys = (name) => name, dtype = "auto", ...progress }: LoadModuleOptions,
): Promise<void> {
  const place = (name: string) => {
    const path = keys(name)
    return path === undefined ? undefined : { path }
  }
  const entries = collectWeights(what, module, tensors, { place })
  await loadPending(device, [{ module, entries, dtype }], progress)
}
