export { IdentityProjector } from "./identity-projector.ts"
export { MlpProjector } from "./mlp-projector.ts"
export { type DefaultProjectorConfig, projectorConfigSchema } from "./projector-config.ts"
export { mlpProjector } from "./projector-part.ts"
