import { expect, it } from "vitest"
import { activationSchema } from "./activation-schema.ts"

it("knows an activation by every name that transformers has for it", () => {
  expect(
    ["gelu", "gelu_pytorch_tanh", "gelu_new", "swish", "quick_gelu"].map((name) => activationSchema.parse(name)),
  ).toEqual(["gelu", "gelu_tanh", "gelu_tanh", "silu", "quick_gelu"])
  expect(activationSchema.safeParse("mish").success).toBe(false)
})
