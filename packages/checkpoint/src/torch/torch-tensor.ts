import type { TorchDType } from "./torch-dtype.ts"
import type { TorchStorage } from "./torch-storage.ts"

/** A strided view of a storage; offset and strides count elements. */
export class TorchTensor {
  readonly storage: TorchStorage
  readonly dtype: TorchDType
  readonly offset: number
  readonly shape: readonly number[]
  readonly stride: readonly number[]

  constructor(
    storage: TorchStorage,
    dtype: TorchDType,
    offset: number,
    shape: readonly number[],
    stride: readonly number[],
  ) {
    this.storage = storage
    this.dtype = dtype
    this.offset = offset
    this.shape = shape
    this.stride = stride
  }
}
