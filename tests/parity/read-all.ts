import type { Device, Tensor } from "@llava/tensor"

/** Computes tensors in a scope of their own and reads them all back as numbers. */
export async function readAll(device: Device, compute: () => readonly Tensor[]): Promise<Float32Array[]> {
  const results = inScope(device, compute)
  try {
    const values: Float32Array[] = []
    for (const result of results) values.push(Float32Array.from(await result.read()))
    return values
  } finally {
    for (const result of results) result.dispose()
  }
}

function inScope(device: Device, compute: () => readonly Tensor[]): Tensor[] {
  using _ = device.scope()
  // Reshaped, because one tensor may stand for several results but be kept only once.
  return compute().map((tensor) => tensor.reshape(tensor.shape).retain())
}
