import { platformGpu } from "#platform/gpu"
import { TensorError } from "../error/tensor-error.ts"
import { Device } from "./device.ts"
import { type DeviceProfile, profileOf } from "./device-profile.ts"

/** Which GPU to open, and what to make of it. Everything has a default. */
export interface OpenDeviceOptions {
  /** Where adapters come from: Dawn in Node and `navigator.gpu` in a browser unless given. */
  gpu?: GPU
  /** A device made elsewhere; it stays its owner's to destroy. */
  device?: GPUDevice
  /** Lower some limits (to test what happens at them). By default everything the adapter offers is requested. */
  limits?: Partial<Record<RequestedLimit, number>>
  /** Override what was found out about the adapter (to force a kernel variant). */
  profile?: Partial<DeviceProfile>
  powerPreference?: GPUPowerPreference
}

const requestedLimits = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxStorageBuffersPerShaderStage",
  "maxComputeWorkgroupStorageSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupSizeY",
  "maxComputeWorkgroupSizeZ",
  "maxComputeWorkgroupsPerDimension",
] as const satisfies (keyof GPUSupportedLimits)[]

type RequestedLimit = (typeof requestedLimits)[number]

const usefulFeatures: readonly GPUFeatureName[] = ["shader-f16", "subgroups", "timestamp-query"]

/**
 * Opens the GPU. Errors: "no-webgpu" where the platform has none, "no-adapter" where no driver answers,
 * "limit-exceeded" for a limit above what the adapter offers.
 */
export async function openDevice(options: OpenDeviceOptions = {}): Promise<Device> {
  if (options.device) {
    const profile = { ...profileOf(options.device, options.device.adapterInfo), ...options.profile }
    return new Device(options.device, profile, false)
  }
  const gpu = options.gpu ?? (await platformGpu())
  if (!gpu) {
    throw new TensorError("This browser has no WebGPU.", {
      code: "no-webgpu",
      fix: "Use a browser with WebGPU enabled, over https or on localhost.",
    })
  }
  const adapter = await gpu.requestAdapter({ powerPreference: options.powerPreference ?? "high-performance" })
  if (!adapter) {
    throw new TensorError("WebGPU found no adapter on this machine.", {
      code: "no-adapter",
      fix: "Install a Vulkan driver; a software one (Mesa's lavapipe, package mesa-vulkan-drivers) will do.",
    })
  }
  const requiredLimits: Record<string, number> = {}
  for (const limit of requestedLimits) {
    const offered = adapter.limits[limit]
    requiredLimits[limit] = options.limits?.[limit] ?? offered
    if (requiredLimits[limit] > offered) {
      throw new TensorError(`${limit} of ${requiredLimits[limit]} exceeds what this adapter offers (${offered}).`, {
        code: "limit-exceeded",
        fix: "Ask for less, or leave the limit out.",
      })
    }
  }
  const device = await adapter.requestDevice({
    requiredFeatures: usefulFeatures.filter((feature) => adapter.features.has(feature)),
    requiredLimits,
  })
  return new Device(device, { ...profileOf(device, adapter.info), ...options.profile }, true)
}
