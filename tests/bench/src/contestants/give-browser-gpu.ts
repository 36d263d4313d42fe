import { loadPeer } from "./load-peer.ts"
import { pollPolitely } from "./polite-polling.ts"

interface Dawn {
  create(switches: string[]): GPU
  globals: object
}

let gpu: GPU | undefined

/** Makes the process look like a browser with WebGPU, for libraries that expect one: the same Dawn, the same switches. */
export async function giveBrowserGpu(): Promise<string> {
  const { create, globals } = await loadPeer<Dawn>("webgpu")
  Object.assign(globalThis, globals)
  gpu = create(["disable-dawn-features=lazy_clear_resource_on_first_use"])
  const navigator = { gpu, userAgent: "node", hardwareConcurrency: 2 }
  Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true, writable: true })
  pollPolitely(GPUQueue, GPUBuffer)
  const adapter = await gpu.requestAdapter()
  return adapter?.info.description ?? "unknown"
}
