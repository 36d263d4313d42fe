import type { TorchDType } from "./torch-dtype.ts"

/** A class of storages (`torch.FloatStorage`); `dtype` is undefined for untyped ones, which count bytes. */
export class StorageType {
  readonly dtype: TorchDType | undefined

  constructor(dtype: TorchDType | undefined) {
    this.dtype = dtype
  }
}
