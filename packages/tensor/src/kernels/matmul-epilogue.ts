import type { KernelBinding, ParamType } from "../kernel/kernel.ts"
import { activationFunctions } from "./activations.ts"

/** Bits of params.epilogue. */
export const epilogueBits = { bias: 1, gate: 2, residual: 4 } as const

/** Bindings after those of A and B. Absent operands are bound to any readable buffer. */
export function epilogueBindings(vector: boolean): KernelBinding[] {
  const type = vector ? "array<vec4f>" : "array<f32>"
  return [
    { name: "bias", type },
    { name: "gate", type },
    { name: "residual", type },
    { name: "y", type, write: true },
  ]
}

/**
 * Sizes of one product: rows and inputs of A; columns of this part of B, of which the first is column `first_column`
 * of the whole output, whose rows hold `row_size` elements. Strides between matrices of a batch are in elements.
 */
export const productParams: Readonly<Record<string, ParamType>> = {
  rows: "u32",
  k: "u32",
  columns: "u32",
  first_column: "u32",
  row_size: "u32",
  groups: "u32",
  panel: "u32",
  a_batch: "u32",
  b_batch: "u32",
  y_batch: "u32",
  epilogue: "u32",
  activation: "u32",
}

/**
 * WGSL `fn finish(y_base, row, column, sum)`: bias, then silu(gate) * y, then the activation, then the residual, and
 * the store. With `vector`, `column` is the first of four, rows of the output hold a multiple of four elements and so
 * does this part of B. Otherwise one element; `finish4` then stores up to four, those that exist.
 */
export function finishFunctions(vector: boolean): string {
  const type = vector ? "vec4f" : "f32"
  const unit = vector ? " / 4u" : ""
  const one = /* wgsl */ `${activationFunctions(type)}
fn finish(y_base: u32, row: u32, column: u32, sum: ${type}) {
  var value = sum;
  let absolute = params.first_column + column;
  let at = (y_base + row * params.row_size + absolute)${unit};
  if ((params.epilogue & 1u) != 0u) { value += bias[absolute${unit}]; }
  if ((params.epilogue & 2u) != 0u) { let g = gate[at]; value *= g * sigmoid_${type}(g); }
  if (params.activation != 0u) { value = activate_${type}(value, params.activation); }
  if ((params.epilogue & 4u) != 0u) { value += residual[at]; }
  y[at] = value;
}`
  if (vector)
    return `${one}\nfn finish4(y_base: u32, row: u32, column: u32, sum: vec4f) { finish(y_base, row, column, sum); }`
  return /* wgsl */ `${one}
fn finish4(y_base: u32, row: u32, column: u32, sum: vec4f) {
  let count = min(4u, params.columns - column);
  for (var j = 0u; j < count; j++) { finish(y_base, row, column + j, sum[j]); }
}`
}
