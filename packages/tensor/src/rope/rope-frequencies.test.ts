import { describe, expect, it } from "vitest"
import { expectClose } from "#testing"
import { ropeFrequencies } from "./rope-frequencies.ts"
import type { RopeScaling } from "./rope-scaling.ts"

interface Case {
  dimensions: number
  base: number
  scaling: RopeScaling
  sequenceLength: number
  attentionFactor: number
  inverse: number[]
}

/** What `ROPE_INIT_FUNCTIONS` of transformers 5.23.0 return. */
const transformers: Case[] = [
  {
    dimensions: 16,
    base: 10000,
    scaling: { type: "linear", factor: 4 },
    sequenceLength: 1,
    attentionFactor: 1.0,
    inverse: [
      0.25, 0.079056941, 0.0250000004, 0.00790569466, 0.00249999994, 0.000790569466, 0.000250000012, 7.90569466e-5,
    ],
  },
  {
    dimensions: 12,
    base: 10000,
    scaling: { type: "dynamic", factor: 2, originalMaxPositions: 64 },
    sequenceLength: 100,
    attentionFactor: 1.0,
    inverse: [1.0, 0.185294077, 0.0343338922, 0.00636186777, 0.00117881619, 0.000218427755],
  },
  {
    dimensions: 12,
    base: 10000,
    scaling: { type: "dynamic", factor: 2, originalMaxPositions: 64 },
    sequenceLength: 50,
    attentionFactor: 1.0,
    inverse: [1.0, 0.215443447, 0.046415884, 0.00999999978, 0.00215443433, 0.000464158948],
  },
  {
    dimensions: 64,
    base: 500000,
    scaling: { type: "llama3", factor: 8, lowFreqFactor: 1, highFreqFactor: 4, originalMaxPositions: 8192 },
    sequenceLength: 1,
    attentionFactor: 1.0,
    inverse: [
      1.0, 0.663601279, 0.440366626, 0.292227834, 0.193922758, 0.128687382, 0.0853971019, 0.0566696189, 0.0376060307,
      0.0249554086, 0.0165604409, 0.0109895291, 0.00729266508, 0.00483942125, 0.00321144611, 0.00137189368,
      0.000524846022, 0.000178507791, 7.78465546e-5, 5.16590699e-5, 3.42810235e-5, 2.2748929e-5, 1.50962178e-5,
      1.00178686e-5, 6.64786967e-6, 4.41153452e-6, 2.92749974e-6, 1.94269251e-6, 1.28917316e-6, 8.55496921e-7,
      5.6770881e-7, 3.7673226e-7,
    ],
  },
  {
    dimensions: 64,
    base: 10000,
    scaling: { type: "yarn", factor: 4, originalMaxPositions: 2048 },
    sequenceLength: 1,
    attentionFactor: 1.138629436111989,
    inverse: [
      1.0, 0.749894202, 0.562341332, 0.421696514, 0.316227764, 0.237137362, 0.177827939, 0.133352146, 0.100000001,
      0.070663102, 0.0497455746, 0.0348710567, 0.0243252143, 0.0168732349, 0.0116272122, 0.00794983935, 0.00538461516,
      0.00360526075, 0.00237913639, 0.00154081406, 0.000973008573, 0.000592843455, 0.000444569858, 0.000333380362,
      0.000250000012, 0.000187473546, 0.000140585325, 0.000105424122, 7.90569466e-5, 5.92843462e-5, 4.44569851e-5,
      3.33380376e-5,
    ],
  },
  {
    dimensions: 32,
    base: 50000,
    scaling: {
      type: "yarn",
      factor: 40,
      originalMaxPositions: 4096,
      betaFast: 16,
      betaSlow: 2,
      mscale: 1.2,
      mscaleAllDim: 0.8,
      truncate: false,
    },
    sequenceLength: 1,
    attentionFactor: 1.1139325135062548,
    inverse: [
      1.0, 0.508527458, 0.258600146, 0.131505266, 0.0668740347, 0.0340072773, 0.0144546898, 0.00456219399,
      0.00090201688, 5.68550968e-5, 2.89123745e-5, 1.47027358e-5, 7.47674403e-6, 3.80212919e-6, 1.93348706e-6,
      9.83231075e-7,
    ],
  },
  {
    dimensions: 8,
    base: 10000,
    scaling: { type: "yarn", factor: 4, originalMaxPositions: 32, attentionFactor: 1.5 },
    sequenceLength: 1,
    attentionFactor: 1.5,
    inverse: [1.0, 0.0250000004, 0.00249999994, 0.000250000012],
  },
]

describe("ropeFrequencies", () => {
  it("are powers of the base by default", () => {
    const { inverse, attentionFactor } = ropeFrequencies(8, 10000, { type: "default" }, 1)
    expectClose(inverse, [1, 0.1, 0.01, 0.001], 1e-7)
    expect(attentionFactor).toBe(1)
  })

  it.each(transformers)("equal those of transformers: $scaling", (test) => {
    const actual = ropeFrequencies(test.dimensions, test.base, test.scaling, test.sequenceLength)
    expect(actual.inverse.length).toBe(test.inverse.length)
    // Each frequency by itself: an error in a slow one would vanish beside the fast ones.
    for (const [i, expected] of test.inverse.entries())
      expect(Math.abs(actual.inverse[i]! / expected - 1)).toBeLessThan(3e-7)
    expect(actual.attentionFactor).toBeCloseTo(test.attentionFactor, 12)
  })

  it("refuses a type it does not know, naming it", () => {
    const scaling = { type: "longrope" } as unknown as RopeScaling
    expect(() => ropeFrequencies(8, 10000, scaling, 1)).toThrow("Rotary scaling of type 'longrope' is not supported.")
  })
})
