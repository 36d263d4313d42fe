import type { TorchDType } from "./torch-dtype.ts"

/** A run of elements in the file, shared by any number of tensors. */
export class TorchStorage {
  readonly key: string
  readonly dtype: TorchDType | undefined
  /** Elements, or bytes where `dtype` is undefined. */
  readonly length: number
  /** Where this part of the stored run begins, in elements (the old layout has views of storages). */
  readonly begin: number

  constructor(key: string, dtype: TorchDType | undefined, length: number, begin = 0) {
    this.key = key
    this.dtype = dtype
    this.length = length
    this.begin = begin
  }
}
