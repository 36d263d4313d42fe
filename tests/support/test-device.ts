import { type Device, openDevice } from "@llava/tensor"

/** Kernels as this adapter gets them, and the plain ones for adapters without subgroups and f16. */
export const kernelVariants = ["chosen", "portable"] as const

type KernelVariant = (typeof kernelVariants)[number]

const devices = new Map<KernelVariant, Promise<Device>>()

/** The one GPU device of this test process; "portable" is a second view of it that forgoes subgroups and f16. */
export function testDevice(variant: KernelVariant = "chosen"): Promise<Device> {
  const device = devices.get(variant) ?? open(variant)
  devices.set(variant, device)
  return device
}

async function open(variant: KernelVariant): Promise<Device> {
  if (variant === "chosen") return openDevice()
  const { gpu } = await testDevice("chosen")
  return openDevice({ device: gpu, profile: { subgroupSize: 0, f16: false } })
}
