import type { Kernel } from "../kernel/kernel.ts"

const COMPUTE = 0x4

export interface CompiledKernel {
  readonly id: number
  readonly pipeline: GPUComputePipeline
  readonly layout: GPUBindGroupLayout
}

/** Compiled pipelines by kernel, and layouts by the pattern of their bindings. */
export class PipelineCache {
  readonly #device: GPUDevice
  readonly #byKernel = new Map<Kernel, CompiledKernel>()
  readonly #byText = new Map<string, CompiledKernel>()
  readonly #layouts = new Map<string, GPUBindGroupLayout>()

  constructor(device: GPUDevice) {
    this.#device = device
  }

  get(kernel: Kernel): CompiledKernel {
    const known = this.#byKernel.get(kernel)
    if (known) return known
    const compiled = this.#byText.get(kernel.wgsl) ?? this.#compile(kernel)
    this.#byKernel.set(kernel, compiled)
    return compiled
  }

  #compile(kernel: Kernel): CompiledKernel {
    const layout = this.#layoutOf(kernel)
    const pipeline = this.#device.createComputePipeline({
      label: kernel.name,
      layout: this.#device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: {
        module: this.#device.createShaderModule({ label: kernel.name, code: kernel.wgsl }),
        entryPoint: "main",
      },
    })
    const compiled = { id: this.#byText.size, pipeline, layout }
    this.#byText.set(kernel.wgsl, compiled)
    return compiled
  }

  #layoutOf(kernel: Kernel): GPUBindGroupLayout {
    const pattern = `${kernel.bindings.map((binding) => (binding.write ? "w" : "r")).join("")}/${kernel.paramTypes.length}`
    const known = this.#layouts.get(pattern)
    if (known) return known
    const entries: GPUBindGroupLayoutEntry[] = kernel.bindings.map((binding, index) => ({
      binding: index,
      visibility: COMPUTE,
      buffer: { type: binding.write ? "storage" : "read-only-storage" },
    }))
    if (kernel.paramTypes.length > 0) {
      entries.push({
        binding: kernel.bindings.length,
        visibility: COMPUTE,
        buffer: { type: "uniform", hasDynamicOffset: true, minBindingSize: kernel.paramTypes.length * 4 },
      })
    }
    const layout = this.#device.createBindGroupLayout({ entries })
    this.#layouts.set(pattern, layout)
    return layout
  }
}
