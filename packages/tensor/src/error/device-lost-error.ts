import { TensorError } from "./tensor-error.ts"

/** The GPU went away (driver reset, `destroy()`, sleep). Tensors on it are gone; open a new device and load again. */
export class DeviceLostError extends TensorError {
  readonly reason: string

  constructor(reason: string, detail: string) {
    super(`The GPU device was lost (${reason}${detail ? `: ${detail}` : ""}).`, {
      code: "device-lost",
      fix: "Open a new device and load the model again.",
    })
    this.reason = reason
  }
}
