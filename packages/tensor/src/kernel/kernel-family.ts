import type { Kernel } from "./kernel.ts"

type Variant = Readonly<Record<string, string | number | boolean>>

/** Variants of a kernel, each defined once: a kernel's identity is what finds its compiled pipeline. */
export function kernelFamily<V extends Variant>(define: (variant: V) => Kernel): (variant: V) => Kernel {
  const known = new Map<string, Kernel>()
  return (variant) => {
    const key = Object.values(variant).join("/")
    const kernel = known.get(key) ?? define(variant)
    known.set(key, kernel)
    return kernel
  }
}
