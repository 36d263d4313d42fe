import type { KernelBinding } from "../kernel/kernel.ts"
import type { MatrixFormat } from "../matrix/matrix-format.ts"

/**
 * Where the second factor B `[k, n]` comes from: a packed matrix by its format, or a dense tensor that holds its
 * columns as rows (`[n, k]`, as linear layers do; f32 or f16) or its rows as rows (`[k, n]`, f32).
 */
export type WeightKind = MatrixFormat | "dense_nk" | "dense_nk_f16" | "dense_kn"

export const isPacked = (kind: WeightKind): kind is MatrixFormat => !kind.startsWith("dense")

const isQuantised = (kind: WeightKind) => kind.startsWith("q")

/** Inputs in a 32-bit word of a packed format. */
const perWord = (kind: MatrixFormat) => ({ f32: 1, f16: 2, q8_0: 4, q4_0: 8, q4_1: 8 })[kind]

/** Bindings of B. `wide`: four columns (or four inputs, for dense_nk) in one load. */
export function weightBindings(kind: WeightKind, wide: boolean): KernelBinding[] {
  const element = kind === "f32" || kind === "dense_nk" || kind === "dense_kn" ? "f32" : "u32"
  const type = wide ? (kind === "dense_nk_f16" ? "array<vec2<u32>>" : `array<vec4<${element}>>`) : `array<${element}>`
  const bindings: KernelBinding[] = [{ name: "weights", type }]
  if (isQuantised(kind)) bindings.push({ name: "scales", type: wide ? "array<vec4f>" : "array<f32>" })
  return bindings
}

/**
 * WGSL `fn weight(column: u32, k: u32) -> vec4f`: B at four consecutive inputs (k is a multiple of 4) of one column;
 * zero past the end of the inputs. Needs params.k, params.groups (words per row of a packed matrix), params.panel (the
 * first panel), params.columns, and `weight_base`. `aligned`: rows of dense_nk hold a multiple of 4 inputs.
 */
export function narrowWeight(kind: WeightKind, aligned: boolean): string {
  const signature = "fn weight(column: u32, k: u32) -> vec4f"
  const each = (value: (i: number) => string) => `vec4f(${[0, 1, 2, 3].map(value).join(", ")})`
  const guarded = (index: (i: number) => string, read: (index: string) => string) =>
    each((i) => `select(0.0, ${read(index(i))}, k + ${i}u < params.k)`)
  if (kind === "dense_kn") {
    return `${signature} { return ${guarded(
      (i) => `weight_base + min(k + ${i}u, params.k - 1u) * params.columns + column`,
      (index) => `weights[${index}]`,
    )}; }`
  }
  if (kind === "dense_nk" || kind === "dense_nk_f16") {
    const half = kind === "dense_nk_f16"
    if (aligned) {
      const index = "(weight_base + column * params.k + k) / 4u"
      return half
        ? `${signature} { let pair = weights[${index}]; return vec4f(unpack2x16float(pair.x), unpack2x16float(pair.y)); }`
        : `${signature} { return weights[${index}]; }`
    }
    const read = half
      ? (index: string) => `unpack2x16float(weights[(${index}) / 2u])[(${index}) % 2u]`
      : (index: string) => `weights[${index}]`
    return `${signature} { return ${guarded((i) => `weight_base + column * params.k + min(k + ${i}u, params.k - 1u)`, read)}; }`
  }
  const panel = "(params.panel + column / 32u)"
  const word = `(${panel} * params.groups + k / ${perWord(kind)}u) * 32u + column % 32u`
  if (kind === "f32") return `${signature} { let at = ${word}; return ${each((i) => `weights[at + ${32 * i}u]`)}; }`
  if (kind === "f16") {
    return `${signature} { let at = ${word}; return vec4f(unpack2x16float(weights[at]), unpack2x16float(weights[at + 32u])); }`
  }
  const scale = `(${panel} * (params.k / 32u) + k / 32u) * ${kind === "q4_1" ? 64 : 32}u + column % 32u`
  if (kind === "q8_0") {
    return `${signature} {
  let word = bitcast<i32>(weights[${word}]);
  return vec4f((vec4i(word) << vec4u(24u, 16u, 8u, 0u)) >> vec4u(24u)) * scales[${scale}];
}`
  }
  const quants = "vec4f((vec4u(word) >> vec4u(0u, 4u, 8u, 12u)) & vec4u(15u))"
  return `${signature} {
  let word = weights[${word}] >> (4u * (k & 4u));
  let at = ${scale};
  return ${kind === "q4_0" ? `(${quants} - 8.0) * scales[at]` : `${quants} * scales[at] + scales[at + 32u]`};
}`
}

/** Inputs that one step of `wideWeight` covers. */
export const wideStep = (kind: WeightKind) => (kind === "q4_0" || kind === "q4_1" ? 8 : 4)

/** WGSL that declares, once per block of 32 inputs, what `wideWeight` needs of it. `block` is its index. */
export function wideScales(kind: WeightKind, block: string): string {
  if (!isQuantised(kind)) return ""
  if (kind !== "q4_1") return `let scale = scales[(panel * (params.k / 32u) + ${block}) * 8u + slot];`
  return `let scale_at = (panel * (params.k / 32u) + ${block}) * 16u + slot;
    let scale = scales[scale_at]; let minimum = scales[scale_at + 8u];`
}

/**
 * WGSL that declares b0, b1, ... (vec4f): B at the inputs k, k + 1, ... (`wideStep` of them) and the lane's four
 * columns of `panel`, which are vector `slot` of its eight. `column` is the first of the lane's columns within this part of B (dense kinds).
 */
export function wideWeight(kind: WeightKind, k: string): string {
  const steps = [0, 1, 2, 3]
  const lanes = (value: (j: number) => string) => `vec4f(${steps.map(value).join(", ")})`
  switch (kind) {
    case "f32":
      return steps.map((i) => `let b${i} = weights[(panel * params.groups + ${k} + ${i}u) * 8u + slot];`).join("\n")
    case "dense_kn":
      return steps
        .map((i) => `let b${i} = weights[(weight_base + (${k} + ${i}u) * params.columns + column) / 4u];`)
        .join("\n")
    case "f16": {
      const loads = [0, 1].map((h) => `let w${h} = weights[(panel * params.groups + ${k} / 2u + ${h}u) * 8u + slot];`)
      const pairs = [0, 1].flatMap((h) => steps.map((j) => `let u${h}${j} = unpack2x16float(w${h}[${j}]);`))
      const values = steps.map((i) => `let b${i} = ${lanes((j) => `u${i >> 1}${j}[${i & 1}]`)};`)
      return [...loads, ...pairs, ...values].join("\n")
    }
    case "dense_nk":
    case "dense_nk_f16": {
      const row = (j: number) => `(weight_base + min(column + ${j}u, params.columns - 1u) * params.k + ${k}) / 4u`
      const load = (j: number) =>
        kind === "dense_nk"
          ? `let w${j} = weights[${row(j)}];`
          : `let p${j} = weights[${row(j)}]; let w${j} = vec4f(unpack2x16float(p${j}.x), unpack2x16float(p${j}.y));`
      return [...steps.map(load), ...steps.map((i) => `let b${i} = ${lanes((j) => `w${j}[${i}]`)};`)].join("\n")
    }
    case "q8_0": {
      const load = `let word = bitcast<vec4i>(weights[(panel * params.groups + ${k} / 4u) * 8u + slot]);`
      const value = (i: number) => `let b${i} = vec4f((word << vec4u(${24 - 8 * i}u)) >> vec4u(24u)) * scale;`
      return [load, ...steps.map(value)].join("\n")
    }
    case "q4_0":
    case "q4_1": {
      const load = `let word = weights[(panel * params.groups + ${k} / 8u) * 8u + slot];`
      const quants = (i: number) => `vec4f((word >> vec4u(${4 * i}u)) & vec4u(15u))`
      const value = (i: number) =>
        kind === "q4_0" ? `let b${i} = (${quants(i)} - 8.0) * scale;` : `let b${i} = ${quants(i)} * scale + minimum;`
      return [load, ...[0, 1, 2, 3, 4, 5, 6, 7].map(value)].join("\n")
    }
  }
}
