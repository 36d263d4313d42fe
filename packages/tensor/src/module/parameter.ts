import { TensorError } from "../error/tensor-error.ts"
import { PackedMatrix } from "../matrix/packed-matrix.ts"
import type { Shape } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"

/** A place for weights: declared with its shape when a module is built, filled when a checkpoint is loaded. */
export class Parameter {
  readonly shape: Shape
  /** A matrix that is only ever multiplied or looked up by rows may be stored packed or quantised. */
  readonly packable: boolean
  #value: Tensor | PackedMatrix | undefined

  constructor(shape: Shape, options: { packable?: boolean } = {}) {
    this.shape = shape
    this.packable = options.packable ?? false
  }

  get loaded(): boolean {
    return this.#value !== undefined
  }

  /** The weights; throws "not-loaded" before they are there. */
  get value(): Tensor | PackedMatrix {
    if (!this.#value) {
      throw new TensorError(`A parameter of shape [${this.shape}] is used before its weights are loaded.`, {
        code: "not-loaded",
      })
    }
    return this.#value
  }

  /** The weights as a dense tensor; throws "packed" where they are packed. */
  get tensor(): Tensor {
    const value = this.value
    if (value instanceof PackedMatrix) {
      throw new TensorError(`A parameter of shape [${this.shape}] is packed as ${value.format}.`, { code: "packed" })
    }
    return value
  }

  /** Takes ownership of the value and releases the one before. */
  set(value: Tensor | PackedMatrix): void {
    if (value.shape.length !== this.shape.length || value.shape.some((size, axis) => size !== this.shape[axis])) {
      throw new TensorError(`Weights of shape [${value.shape}] for a parameter of shape [${this.shape}].`, {
        code: "shape-mismatch",
      })
    }
    this.#value?.dispose()
    this.#value = value instanceof Tensor ? value.retain() : value
  }

  dispose(): void {
    this.#value?.dispose()
    this.#value = undefined
  }
}
