import { pollPolitely } from "./polite-polling.ts"

let gpu: GPU | undefined

/** Makes the process look like a browser with WebGPU, for libraries that expect one: the same Dawn, the same switches. */
export async function giveBrowserGpu(): Promise<string> {
  const { create, globals } = await import("webgpu")
  Object.assign(globalThis, globals)
  gpu = create(["disable-dawn-features=lazy_clear_resource_on_first_use"]) as GPU
  const navigator = { gpu, userAgent: "node", hardwareConcurrency: 2 }
  Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true, writable: true })
  pollPolitely(GPUQueue, GPUBuffer)
  const adapter = await gpu.requestAdapter()
  return adapter?.info.description ?? "unknown"
}
