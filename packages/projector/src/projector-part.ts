import { definePart, ModelError } from "@llava/model"
import { IdentityProjector } from "./identity-projector.ts"
import { MlpProjector } from "./mlp-projector.ts"
import { type DefaultProjectorConfig, projectorConfigSchema } from "./projector-config.ts"
import { projectorGguf } from "./projector-gguf.ts"
import { projectorKeys } from "./projector-keys.ts"

/** LLaVA's own projectors: `linear`, `mlpNx_gelu` and `identity` (llava/model/multimodal_projector/builder.py). */
export const mlpProjector = definePart({
  kind: "projector",
  modelType: /^(linear|identity|mlp[1-9]\d*x_gelu)$/,
  configSchema: projectorConfigSchema,
  build: buildProjector,
  keys: projectorKeys,
  gguf: projectorGguf,
})

function buildProjector({ type, featureSize, hiddenSize, bias, activation }: DefaultProjectorConfig) {
  if (type === "identity") {
    if (featureSize === hiddenSize) return new IdentityProjector()
    throw new ModelError(`An identity projector between ${featureSize} features and a hidden size of ${hiddenSize}.`, {
      code: "projector-size",
      fix: "Use linear or mlp2x_gelu.",
    })
  }
  const depth = type === "linear" ? 1 : Number(/^mlp(\d+)x_gelu$/.exec(type)![1])
  const sizes = [featureSize, ...new Array<number>(depth).fill(hiddenSize)]
  return new MlpProjector(sizes, { bias, activation })
}
