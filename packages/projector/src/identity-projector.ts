import type { Projector } from "@llava/model"
import { Module, type Tensor } from "@llava/tensor"

/** Image features as they are: featureSize equals hiddenSize, and every token stays. */
export class IdentityProjector extends Module implements Projector {
  tokensOut(tokensIn: number): number {
    return tokensIn
  }

  project(features: Tensor): Tensor {
    return features.reshape(features.shape)
  }
}
