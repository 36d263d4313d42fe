/** Types of uniform parameters, four bytes each. */
export type ParamType = "u32" | "i32" | "f32"

/** A storage buffer of a kernel. */
export interface KernelBinding {
  readonly name: string
  /** A WGSL array type: `array<f32>`, `array<vec4<u32>>`. */
  readonly type: string
  /** Bound read_write. No buffer may be bound both read and read_write in one dispatch. */
  readonly write?: boolean
}

/** A compute shader without its declarations. */
export interface KernelSource {
  /** For error messages and profiles. Name variants apart: `matmul_nt_16`. */
  readonly name: string
  readonly bindings: readonly KernelBinding[]
  /** Members of the uniform `params`, in order; at most 64. */
  readonly params: Readonly<Record<string, ParamType>>
  /** WGSL extensions: `subgroups`, `f16`. */
  readonly enable?: readonly string[]
  /** WGSL below the generated declarations, with the entry point `main`. */
  readonly code: string
}

/** A compute shader with its declarations generated: storage buffers first, then the uniform `params`. */
export interface Kernel extends KernelSource {
  readonly wgsl: string
  readonly paramTypes: readonly ParamType[]
}

/** Generates the declarations of a kernel. It is compiled when it is first run, once for each device. */
export function defineKernel(source: KernelSource): Kernel {
  const lines = (source.enable ?? []).map((extension) => `enable ${extension};`)
  source.bindings.forEach((binding, index) => {
    const access = binding.write ? "read_write" : "read"
    lines.push(`@group(0) @binding(${index}) var<storage, ${access}> ${binding.name}: ${binding.type};`)
  })
  const params = Object.entries(source.params)
  if (params.length > 0) {
    lines.push(`struct Params { ${params.map(([name, type]) => `${name}: ${type}`).join(", ")} }`)
    lines.push(`@group(0) @binding(${source.bindings.length}) var<uniform> params: Params;`)
  }
  return { ...source, wgsl: `${lines.join("\n")}\n${source.code}`, paramTypes: params.map(([, type]) => type) }
}
