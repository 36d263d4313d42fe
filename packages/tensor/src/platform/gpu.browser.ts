/** The browser's WebGPU, or undefined where it has none. */
export async function platformGpu(): Promise<GPU | undefined> {
  return globalThis.navigator?.gpu
}
