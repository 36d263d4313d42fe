import { GradientLeaf } from "../autograd/gradient-leaf.ts"
import { RowLeaf } from "../autograd/row-leaf.ts"
import { TensorError } from "../error/tensor-error.ts"
import { PackedMatrix } from "../matrix/packed-matrix.ts"
import { unpackMatrix } from "../matrix/unpack-matrix.ts"
import { cast } from "../ops/cast.ts"
import type { Shape } from "../tensor/shape.ts"
import type { Tensor } from "../tensor/tensor.ts"

/** A place for weights: declared with its shape when a module is built, filled when a checkpoint is loaded. */
export class Parameter {
  readonly shape: Shape
  /** A matrix that is only ever multiplied or looked up by rows may be stored packed or quantised. */
  readonly packable: boolean
  /** While it is set, `rounded` gives what products are to read instead of the f32 weights that are trained. */
  productDtype: "f32" | "f16" = "f32"
  #value: Tensor | PackedMatrix | undefined
  #leaf: GradientLeaf | undefined

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

  /**
   * The weights rounded to f16, half the bytes to read, where `productDtype` asks for it and they are dense f32;
   * gradients flow through to them. The caller disposes it.
   */
  rounded(): Tensor | undefined {
    const { value } = this
    const asked = this.productDtype === "f16" && this.packable
    return asked && !(value instanceof PackedMatrix) && value.dtype === "f32" ? cast(value, "f16") : undefined
  }

  /** Takes ownership of the value and releases the one before. */
  set(value: Tensor | PackedMatrix): void {
    if (value.shape.length !== this.shape.length || value.shape.some((size, axis) => size !== this.shape[axis])) {
      throw new TensorError(`Weights of shape [${value.shape}] for a parameter of shape [${this.shape}].`, {
        code: "shape-mismatch",
      })
    }
    const own = this.#leaf ? trainable(value, this.#leaf) : value
    this.#value?.dispose()
    this.#value = own instanceof PackedMatrix ? own : own.retain()
  }

  /** Whether backward passes leave a `gradient` here. */
  get trainable(): boolean {
    return this.#leaf !== undefined
  }

  /**
   * Weights that are trained are f32 and dense: packed and f16 ones are converted. Errors: "not-trainable" for
   * quantised ones, which hold too little to be trained.
   */
  set trainable(yes: boolean) {
    if (yes === this.trainable && !this.trainedRows) return
    this.#flowInto(yes ? new GradientLeaf() : undefined)
  }

  /** The rows that are trained, in ascending order, where others are not. */
  get trainedRows(): readonly number[] | undefined {
    return this.#leaf instanceof RowLeaf ? this.#leaf.rows : undefined
  }

  /**
   * Makes some rows of a matrix trainable, and nothing else of it: gradients, and what optimizers keep, are of these
   * alone. Errors: "shape-mismatch", "row-range", "not-trainable".
   */
  trainRows(rows: readonly number[]): void {
    this.#flowInto(new RowLeaf(rows, this.shape))
  }

  /** Shape of what is trained, and of its gradient: the parameter's, or `[rows, width]`. */
  get trainedShape(): Shape {
    return this.#leaf instanceof RowLeaf ? this.#leaf.shape : this.shape
  }

  /** What is trained: the weights themselves, or a copy of the rows, for `writeTrained`. The caller disposes it. */
  trainedValue(): Tensor {
    return this.#leaf instanceof RowLeaf ? this.#leaf.gather(this.tensor).retain() : this.tensor.share()
  }

  /** Puts what `trainedValue` gave back, changed. */
  writeTrained(value: Tensor): void {
    if (this.#leaf instanceof RowLeaf) this.#leaf.scatter(value, this.tensor)
  }

  #flowInto(leaf: GradientLeaf | undefined): void {
    this.clearGradient()
    this.#leaf = leaf
    if (!this.#value) return
    if (leaf) this.#value = trainable(this.#value, leaf)
    else if (!(this.#value instanceof PackedMatrix)) this.#value.target = undefined
  }

  /** What backward passes added up since it was last cleared, f32 of `trainedShape`. */
  get gradient(): Tensor | undefined {
    return this.#leaf?.gradient
  }

  clearGradient(): void {
    this.#leaf?.[Symbol.dispose]()
  }

  dispose(): void {
    this.clearGradient()
    this.#value?.dispose()
    this.#value = undefined
  }
}

/** The value as a leaf of the flow of gradients; takes ownership, and releases it where it had to be converted. */
function trainable(value: Tensor | PackedMatrix, leaf: GradientLeaf): Tensor {
  const dense = value instanceof PackedMatrix || value.dtype === "f16" ? convert(value) : value
  dense.target = leaf
  return dense.retain()
}

function convert(value: Tensor | PackedMatrix): Tensor {
  if (value instanceof PackedMatrix && value.format.startsWith("q")) {
    throw new TensorError(
      `A parameter of shape [${value.shape}] is quantised as ${value.format}: too coarse to train.`,
      {
        code: "not-trainable",
        fix: "Load the model with dtype f32, or train adapters (LoRA) on top of the quantised weights.",
      },
    )
  }
  using given = value
  return given instanceof PackedMatrix ? unpackMatrix(given) : cast(given, "f32")
}
