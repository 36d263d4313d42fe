import { type Activation, Linear, Module, type Tensor } from "@llava/tensor"

/** Two linear layers with the activation between them. */
export class ClipMlp extends Module {
  readonly fc1: Linear
  readonly fc2: Linear
  readonly #activation: Activation

  constructor(hiddenSize: number, intermediateSize: number, activation: Activation) {
    super()
    this.fc1 = new Linear(hiddenSize, intermediateSize)
    this.fc2 = new Linear(intermediateSize, hiddenSize)
    this.#activation = activation
  }

  /** `[batch, tokens, hiddenSize]` -> the same, `residual` added. */
  forward(hidden: Tensor, residual: Tensor): Tensor {
    return this.fc2.forward(this.fc1.forward(hidden, { activation: this.#activation }), { residual })
  }
}
