import { group, LayerNorm, Linear, Module, Parameter } from "@llava/tensor"
import { expect, it } from "vitest"
import { testDevice } from "#testing"
import { initialiseModule } from "./initialise-module.ts"

const device = await testDevice()

class Resampler extends Module {
  readonly queries = new Parameter([8, 64])
  readonly norm = new LayerNorm(64, 1e-5)
  readonly out = new Linear(64, 48)
}

async function initialised(seed: number): Promise<Map<string, Float32Array>> {
  using module = group({ linear_1: new Linear(64, 48), inner: new Resampler() })
  initialiseModule(module, device, seed)
  const values = new Map<string, Float32Array>()
  for (const [path, { tensor }] of module.namedParameters()) values.set(path, (await tensor.read()) as Float32Array)
  return values
}

const deviation = (values: Float32Array) =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)

it("begins linear layers as PyTorch does, norms at one, and the rest small; the same for the same seed", async () => {
  const values = await initialised(5)
  for (const path of ["linear_1.weight", "linear_1.bias", "inner.out.weight", "inner.out.bias"]) {
    const drawn = values.get(path)!
    expect(Math.max(...drawn.map(Math.abs)), path).toBeLessThanOrEqual(1 / 8)
    // Uniform in ±1/8, whose deviation is 1/8/sqrt(3).
    expect(Math.abs(deviation(drawn) * 8 * Math.sqrt(3) - 1), path).toBeLessThan(path.endsWith("bias") ? 0.3 : 0.05)
  }
  expect(values.get("inner.norm.weight")).toEqual(new Float32Array(64).fill(1))
  expect(values.get("inner.norm.bias")).toEqual(new Float32Array(64))
  expect(Math.abs(deviation(values.get("inner.queries")!) / 0.02 - 1)).toBeLessThan(0.1)
  expect(await initialised(5)).toEqual(values)
  expect((await initialised(6)).get("linear_1.weight")).not.toEqual(values.get("linear_1.weight"))
})
