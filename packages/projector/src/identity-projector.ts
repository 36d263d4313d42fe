import type { Projector } from "@llava/model"
import { Module, type Tensor } from "@llava/tensor"

/** Image features as they are; the sizes on both sides must be equal. */
export class IdentityProjector extends Module implements Projector {
  tokensOut(tokensIn: number): number {
    return tokensIn
  }

  project(features: Tensor): Tensor {
    return features.reshape(features.shape)
  }
}
