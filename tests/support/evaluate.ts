import type { Device, Tensor } from "@llava/tensor"

/** Computes a tensor in a scope of its own, so that intermediates are released, and reads it back. */
export async function evaluate(device: Device, compute: () => Tensor): Promise<Float32Array> {
  using result = inScope(device, compute)
  return (await result.read()) as Float32Array
}

function inScope(device: Device, compute: () => Tensor): Tensor {
  using scope = device.scope()
  return scope.keep(compute())
}
