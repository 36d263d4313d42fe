/** What chooses between kernel variants. */
export interface DeviceProfile {
  /** The adapter's own name for itself. */
  readonly name: string
  /** A processor pretends to be a GPU (lavapipe, SwiftShader, WARP). */
  readonly software: boolean
  /** Lanes that run together, or 0 where `subgroups` is missing or the size varies. */
  readonly subgroupSize: number
  /** WGSL may use f16 arithmetic and f16 arrays. */
  readonly f16: boolean
  /** Nothing is computed: see `planningDevice`. */
  readonly plansOnly?: boolean
}

const softwareNames = /llvmpipe|lavapipe|swiftshader|basic render|software/i

export function profileOf(device: GPUDevice, info: GPUAdapterInfo): DeviceProfile {
  const name = info.description || [info.vendor, info.architecture, info.device].filter(Boolean).join(" ") || "unknown"
  const description = [info.vendor, info.architecture, info.device, info.description].join(" ")
  const minimum = info.subgroupMinSize ?? 0
  const fixedSize = minimum === (info.subgroupMaxSize ?? 0) ? minimum : 0
  return {
    name,
    software: softwareNames.test(description) || info.isFallbackAdapter === true,
    subgroupSize: device.features.has("subgroups") ? fixedSize : 0,
    f16: device.features.has("shader-f16"),
  }
}
