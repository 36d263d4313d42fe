import { describe, expect, it } from "vitest"
import { expectClose, kernelVariants, randomValues, testDevice } from "#testing"
import { Tensor } from "../tensor/tensor.ts"
import { matmul, matmulReference } from "./matmul.ts"

interface Case {
  m: number
  k: number
  n: number
  transposeA?: boolean
  transposeB?: boolean
  batch?: number
  sharedB?: boolean
}

const cases: Case[] = [
  { m: 1, k: 1, n: 1 },
  { m: 1, k: 12, n: 40 },
  { m: 37, k: 20, n: 68 },
  { m: 67, k: 33, n: 65 },
  { m: 5, k: 31, n: 7, transposeB: true },
  { m: 20, k: 16, n: 36, transposeB: true },
  { m: 36, k: 24, n: 40, transposeA: true },
  { m: 70, k: 19, n: 3, transposeA: true },
  { m: 6, k: 9, n: 10, transposeA: true, transposeB: true },
  { m: 20, k: 8, n: 12, batch: 3 },
  { m: 9, k: 5, n: 7, batch: 3 },
  { m: 9, k: 8, n: 33, batch: 2, transposeB: true },
  { m: 12, k: 8, n: 16, batch: 2, transposeA: true },
  { m: 3, k: 8, n: 16, batch: 5, sharedB: true },
  { m: 4, k: 8, n: 12, batch: 2, sharedB: true, transposeA: true },
]

const describeCase = ({ m, k, n, ...rest }: Case) => `${m} x ${k} x ${n} ${JSON.stringify(rest)}`

describe.each(kernelVariants)("matmul with the %s kernels", (variant) => {
  it.each(cases.map((test) => [describeCase(test), test] as const))(
    "equals the float64 reference: %s",
    async (_, test) => {
      const { m, k, n, transposeA, transposeB, batch = 1, sharedB = false } = test
      const device = await testDevice(variant)
      const leading = test.batch ? [test.batch] : []
      const a = randomValues(batch * m * k, 1)
      const b = randomValues((sharedB ? 1 : batch) * k * n, 2)
      const bias = randomValues(n, 3)
      using left = Tensor.from(device, a, [...leading, ...(transposeA ? [k, m] : [m, k])])
      using right = Tensor.from(device, b, [...(sharedB ? [] : leading), ...(transposeB ? [n, k] : [k, n])])
      using biasTensor = Tensor.from(device, bias, [n])
      const options = { ...(transposeA ? { transposeA } : {}), ...(transposeB ? { transposeB } : {}) }
      using y = matmul(left, right, { ...options, bias: biasTensor, activation: "silu" })
      expect(y.shape).toEqual([...leading, m, n])
      const expected = Array.from({ length: batch }, (_, i) =>
        matmulReference(
          a.subarray(i * m * k, (i + 1) * m * k),
          sharedB ? b : b.subarray(i * k * n, (i + 1) * k * n),
          { m, k, n },
          { ...options, bias, activation: "silu" },
        ),
      )
      expectClose(
        (await y.read()) as Float32Array,
        expected.flatMap((values) => [...values]),
        2e-6,
      )
    },
  )

  it("keeps infinities and NaN where they belong", async () => {
    const device = await testDevice(variant)
    const a = randomValues(18 * 8, 1).map((value, i) =>
      i === 8 ? Number.POSITIVE_INFINITY : i === 20 ? Number.NaN : value,
    )
    const b = randomValues(8 * 36, 2)
    using left = Tensor.from(device, a, [18, 8])
    using right = Tensor.from(device, b, [8, 36])
    using y = matmul(left, right)
    expectClose((await y.read()) as Float32Array, matmulReference(a, b, { m: 18, k: 8, n: 36 }), 2e-6)
  })
})

describe("matmul", () => {
  it("refuses operands that do not fit, naming their shapes", async () => {
    const device = await testDevice()
    using a = Tensor.from(device, randomValues(6), [2, 3])
    using b = Tensor.from(device, randomValues(8), [2, 4])
    using vector = Tensor.from(device, randomValues(3), [3])
    expect(() => matmul(a, b)).toThrow("b has shape [2,4]")
    expect(() => matmul(vector, b)).toThrow("expected at least two axes")
  })
})
