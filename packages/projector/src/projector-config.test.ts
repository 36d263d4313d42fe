import { expect, it } from "vitest"
import { projectorConfigSchema } from "./projector-config.ts"

it("knows transformers' names of activations, gelu where none is stated", () => {
  const activation = (stated: object) =>
    projectorConfigSchema.parse({ type: "mlp2x_gelu", featureSize: 4, hiddenSize: 8, ...stated }).activation
  expect(activation({})).toBe("gelu")
  expect(activation({ activation: "gelu_pytorch_tanh" })).toBe("gelu_tanh")
  expect(activation({ activation: "linear" })).toBeUndefined()
})
