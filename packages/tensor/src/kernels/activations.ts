/** Names as in Hugging Face configs; `gelu` is exact (by erf), `gelu_tanh` the tanh approximation. */
export type Activation = "quick_gelu" | "gelu" | "gelu_tanh" | "silu" | "relu"

/** What `activate` takes in WGSL: 0 is the identity. */
export const activationCodes: Readonly<Record<Activation, number>> = {
  quick_gelu: 1,
  gelu: 2,
  gelu_tanh: 3,
  silu: 4,
  relu: 5,
}

/**
 * WGSL: `activate_<type>(x, code)` and `sigmoid_<type>(x)` for f32 or vec4f.
 *
 * The complementary error function is written out because WGSL has none: a polynomial in z² below 1, and exp(-z²)
 * times a polynomial in 1 / (1 + z / 2) above; both were fitted at Chebyshev nodes to about 1e-9. Exponents are
 * clamped so that no infinity arises on the way, which compilers may assume.
 */
export function activationFunctions(type: "f32" | "vec4f"): string {
  return /* wgsl */ `
fn sigmoid_${type}(x: ${type}) -> ${type} { return 1.0 / (1.0 + exp(min(-x, ${type}(80.0)))); }
fn normal_cdf_${type}(x: ${type}) -> ${type} {
  let z = min(abs(x) * 0.70710678118654752, ${type}(9.0));
  let u = z * z;
  let near = 1.0 - z * (1.128379166 + u * (-0.3761262667 + u * (0.1128359472 + u * (-0.02685421201
    + u * (0.005189087423 + u * (-0.0008016864287 + u * 7.875875063e-5))))));
  let t = 1.0 / (1.0 + 0.5 * z);
  let far = exp(-u) * t * (0.282082573 + t * (0.2824241254 + t * (0.2430254962 + t * (0.2010129256
    + t * (-0.01475901372 + t * (0.2423289347 + t * (-0.4306684072 + t * (0.2385862843 + t * -0.04387202645))))))));
  let tail = 0.5 * select(far, near, z < ${type}(1.0));
  return select(tail, 1.0 - tail, x > ${type}(0.0));
}
fn activate_${type}(x: ${type}, code: u32) -> ${type} {
  switch (code) {
    case 1u: { return x * sigmoid_${type}(1.702 * x); }
    case 2u: { return x * normal_cdf_${type}(x); }
    case 3u: { return x * sigmoid_${type}(1.5957691216057308 * (x + 0.044715 * x * x * x)); }
    case 4u: { return x * sigmoid_${type}(x); }
    case 5u: { return select(x, ${type}(0.0), x < ${type}(0.0)); }
    default: { return x; }
  }
}`
}

/** WGSL `activation_derivative(x, code)` for vec4f, after `activationFunctions("vec4f")`. */
export const activationDerivatives = /* wgsl */ `
fn gated_derivative(x: vec4f, argument: vec4f, slope: vec4f) -> vec4f {
  let s = sigmoid_vec4f(argument);
  return s + x * s * (1.0 - s) * slope;
}
fn activation_derivative(x: vec4f, code: u32) -> vec4f {
  switch (code) {
    case 1u: { return gated_derivative(x, 1.702 * x, vec4f(1.702)); }
    case 2u: { return normal_cdf_vec4f(x) + x * 0.3989422804014327 * exp(-0.5 * min(x * x, vec4f(160.0))); }
    case 3u: {
      let square = x * x;
      return gated_derivative(x, 1.5957691216057308 * x * (1.0 + 0.044715 * square), 1.5957691216057308 * (1.0 + 0.134145 * square));
    }
    case 4u: { return gated_derivative(x, x, vec4f(1.0)); }
    case 5u: { return select(vec4f(), vec4f(1.0), x > vec4f()); }
    default: { return vec4f(1.0); }
  }
}`

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

/** The activation in float64. */
export function activationReference(kind: Activation, x: number): number {
  switch (kind) {
    case "quick_gelu":
      return x * sigmoid(1.702 * x)
    case "gelu":
      return 0.5 * x * complementaryError(-x / Math.SQRT2)
    case "gelu_tanh":
      return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))
    case "silu":
      return x * sigmoid(x)
    case "relu":
      return Math.max(x, 0)
  }
}

/** erfc to about 1e-15: the power series of erf up to 3, the continued fraction of erfc beyond. */
function complementaryError(z: number): number {
  if (z < 0) return 2 - complementaryError(-z)
  if (z > 3) {
    let fraction = 0
    for (let i = 60; i > 0; i--) fraction = i / 2 / (z + fraction)
    return Math.exp(-z * z) / (Math.sqrt(Math.PI) * (z + fraction))
  }
  let term = z
  let sum = z
  for (let i = 1; i < 100; i++) {
    term *= (-z * z) / i
    sum += term / (2 * i + 1)
  }
  return 1 - (2 / Math.sqrt(Math.PI)) * sum
}
