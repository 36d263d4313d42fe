import { TensorError } from "../error/tensor-error.ts"

// Dawn crashes when the object that `create` returns is collected before its devices: it is kept for good.
let gpu: Promise<GPU> | undefined

/** Dawn, through the npm package `webgpu`. */
export async function platformGpu(): Promise<GPU | undefined> {
  gpu ??= load()
  return gpu
}

async function load(): Promise<GPU> {
  try {
    const { create } = await import("webgpu")
    return create(["disable-dawn-features=lazy_clear_resource_on_first_use"]) as GPU
  } catch (cause) {
    throw new TensorError("WebGPU for Node (the npm package 'webgpu') could not be loaded.", {
      code: "no-webgpu",
      fix: "Its binaries exist for glibc Linux, macOS and Windows on x64 and arm64.",
      cause,
    })
  }
}
