import { type Device, type Module, Tensor } from "@llava/tensor"
import { mixSeed } from "../lora/mix-seed.ts"
import { uniformValues } from "../lora/uniform-values.ts"

/**
 * Fills a module with what training begins from, the same for the same seed: norms with ones and zeros; where
 * `deviation` states one for a path, uniform values of that standard deviation; else weights and biases of linear layers
 * (and convolutions) uniform in ±1/sqrt(in), as PyTorch's; anything else, such as the queries of a resampler, uniform
 * with a standard deviation of 0.02.
 */
export function initialiseModule(
  module: Module,
  device: Device,
  seed: number,
  deviation: (path: string) => number | undefined = () => undefined,
): void {
  const shapes = new Map(Array.from(module.namedParameters(), ([path, { shape }]) => [path, shape]))
  for (const [path, parameter] of module.namedParameters()) {
    const { shape } = parameter
    const size = shape.reduce((product, edge) => product * edge, 1)
    const weight = shapes.get(path.replace(/(^|\.)bias$/, "$1weight"))
    const isNorm = weight?.length === 1 && /(^|\.)(weight|bias)$/.test(path)
    const stated = deviation(path)
    const bound = stated === undefined ? boundOf(path, weight) : stated * Math.sqrt(3)
    const isConstant = isNorm || bound === 0
    const values = isConstant
      ? new Float32Array(size).fill(isNorm && path.endsWith("weight") ? 1 : 0)
      : uniformValues(size, bound, mixSeed(seed, path))
    parameter.set(Tensor.from(device, values, shape))
  }
}

/** `weight` is the one beside a bias, or the parameter itself. */
function boundOf(path: string, weight: readonly number[] | undefined): number {
  if (weight === undefined || !/(^|\.)(weight|bias)$/.test(path)) return 0.02 * Math.sqrt(3)
  return 1 / Math.sqrt(weight.slice(1).reduce((product, edge) => product * edge, 1))
}
