import { Device } from "./device.ts"

/**
 * A device that computes nothing and holds nothing: everything written for a GPU runs on it in no time, and its `memory`
 * tells what buffers that takes. Results that are read back are zeros. Kernels, and so their buffers, are chosen as on
 * the device given.
 */
export function planningDevice({ limits, profile }: Pick<Device, "limits" | "profile">): Device {
  return new Device(nullGpu(limits), { ...profile, plansOnly: true }, true)
}

/** As much of a `GPUDevice` as `Device` calls. */
function nullGpu(limits: GPUSupportedLimits): GPUDevice {
  const nothing = () => undefined
  const pass = { setPipeline: nothing, setBindGroup: nothing, dispatchWorkgroups: nothing, end: nothing }
  const copies = { copyBufferToBuffer: nothing, clearBuffer: nothing }
  const encoder = { ...copies, beginComputePass: () => pass, finish: () => ({}) }
  const lost = Promise.withResolvers<GPUDeviceLostInfo>()
  const gpu = {
    ...{ limits, lost: lost.promise },
    queue: { writeBuffer: nothing, submit: nothing, onSubmittedWorkDone: () => Promise.resolve() },
    createBuffer: ({ size }: GPUBufferDescriptor) => new NullBuffer(size),
    createCommandEncoder: () => encoder,
    ...{ createBindGroup: () => ({}), createBindGroupLayout: () => ({}), createPipelineLayout: () => ({}) },
    ...{ createShaderModule: () => ({}), createComputePipeline: () => ({}) },
    ...{ addEventListener: nothing, removeEventListener: nothing },
    ...{ pushErrorScope: nothing, popErrorScope: () => Promise.resolve(null) },
    destroy: () => lost.resolve({ __brand: "GPUDeviceLostInfo", reason: "destroyed", message: "" }),
  }
  return gpu as unknown as GPUDevice
}

class NullBuffer {
  readonly size: number
  mapState: GPUBufferMapState = "unmapped"

  constructor(size: number) {
    this.size = size
  }

  async mapAsync(): Promise<void> {
    this.mapState = "mapped"
  }

  getMappedRange(_offset: number, size: number): ArrayBuffer {
    return new ArrayBuffer(size)
  }

  unmap(): void {
    this.mapState = "unmapped"
  }

  destroy(): void {}
}
