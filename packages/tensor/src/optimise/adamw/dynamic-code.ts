/**
 * Numbers from 0 to 1 in a few bits, fine near 1 and reaching far down (the dynamic tree quantisation of Dettmers et
 * al. 2022, computed instead of looked up). The leading one of the code tells the decade, the bits below it divide that
 * decade evenly: a code of 7 bits reaches down to 1e-7 and has 64 levels from 0.1 to 1, one of 8 bits to 1e-8 with 128.
 * Code 0 is 0. WGSL `decode` and `encode` for four numbers at once.
 */
export const dynamicCodeFunctions = /* wgsl */ `
const LOG2_10 = 3.321928094887362;
fn decode(code: vec4u, bits: u32) -> vec4f {
  let decade = firstLeadingBit(max(code, vec4u(1u)));
  let levels = vec4f(vec4u(1u) << decade);
  let within = 0.1 + 0.9 * (vec4f(code) - levels + 0.5) / levels;
  return select(exp2((vec4f(decade) + 1.0 - f32(bits)) * LOG2_10) * within, vec4f(), code == vec4u());
}
fn encode(x: vec4f, bits: u32) -> vec4u {
  let top = f32(bits) - 1.0;
  let decade = clamp(floor(log2(max(x, vec4f(1e-30))) / LOG2_10) + 1.0 + top, vec4f(), vec4f(top));
  let levels = vec4u(1u) << vec4u(decade);
  let within = (x * exp2((top - decade) * LOG2_10) - 0.1) / 0.9;
  let level = clamp(floor(within * vec4f(levels)), vec4f(), vec4f(levels) - 1.0);
  return select(levels + vec4u(level), vec4u(), x < vec4f(exp2(-top * LOG2_10) * 0.275));
}`

/** `decode` in float64. */
export function decodeDynamic(code: number, bits: number): number {
  if (code === 0) return 0
  const decade = Math.floor(Math.log2(code))
  const levels = 2 ** decade
  return 10 ** (decade + 1 - bits) * (0.1 + (0.9 * (code - levels + 0.5)) / levels)
}

/** `encode` in float64. */
export function encodeDynamic(x: number, bits: number): number {
  const top = bits - 1
  if (x < 10 ** -top * 0.275) return 0
  const decade = Math.min(top, Math.max(0, Math.floor(Math.log10(x)) + 1 + top))
  const levels = 2 ** decade
  const within = (x * 10 ** (top - decade) - 0.1) / 0.9
  return levels + Math.min(levels - 1, Math.max(0, Math.floor(within * levels)))
}
