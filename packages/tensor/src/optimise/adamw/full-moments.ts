import { runUpdate, updateKernel } from "../update-kernel.ts"
import type { AdamWState } from "./adamw-state.ts"

const kernel = updateKernel({
  name: "adamw",
  state: ["first", "second"],
  params: ["beta1", "beta2", "keep", "rate", "root", "epsilon"],
  code: /* wgsl */ `
  let m = params.beta1 * first[i] + (1.0 - params.beta1) * g;
  let v = params.beta2 * second[i] + (1.0 - params.beta2) * g * g;
  first[i] = m;
  second[i] = v;
  value[i] = value[i] * params.keep - params.rate * m / (sqrt(v) * params.root + params.epsilon);`,
})

/** Both moments in f32: 8 bytes for each weight, one pass. */
export const fullMoments: AdamWState = {
  layout: (shape) => ({ first_moment: { shape }, second_moment: { shape } }),
  update({ value, gradient, state, coefficients, gradientFactor }) {
    const { beta1, beta2, keep, rate, root, epsilon } = coefficients
    runUpdate(kernel, value, {
      gradient,
      state: [state["first_moment"]!, state["second_moment"]!],
      params: [beta1, beta2, keep, rate, root, epsilon],
      ...(gradientFactor && { gradientFactor }),
    })
  },
}
