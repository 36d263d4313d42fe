import { DeviceLostError } from "../error/device-lost-error.ts"
import { TensorError } from "../error/tensor-error.ts"

/**
 * What went wrong on a GPU device: WebGPU reports it some time after the call that caused it. The message carries the
 * label of the kernel or buffer concerned.
 */
export class FailureWatch implements Disposable {
  readonly #gpu: GPUDevice
  readonly #onError = (event: GPUUncapturedErrorEvent) => {
    event.preventDefault()
    this.report(event.error)
  }
  #lost: DeviceLostError | undefined
  #refused: TensorError | undefined

  constructor(gpu: GPUDevice) {
    gpu.lost.then((info) => {
      this.#lost = new DeviceLostError(info.reason ?? "unknown", info.message)
    })
    this.#gpu = gpu
    gpu.addEventListener("uncapturederror", this.#onError)
  }

  /** Stops watching a device that lives on. */
  [Symbol.dispose](): void {
    this.#gpu.removeEventListener("uncapturederror", this.#onError)
  }

  /** Only the first refusal since the last `check` counts: those after it mostly follow from it. */
  report(error: GPUError): void {
    if (this.#refused) return
    // The classes of GPU errors are globals in browsers alone; their names are the standard's everywhere.
    this.#refused =
      error.constructor.name === "GPUOutOfMemoryError"
        ? new TensorError(`The GPU is out of memory: ${error.message}`, {
            code: "out-of-memory",
            fix: "Use a smaller model or a quantised format, a shorter context or a smaller batch.",
          })
        : new TensorError(`The GPU refused an operation: ${error.message}`, { code: "gpu-validation" })
  }

  /** Whether `check` would throw. */
  get pending(): boolean {
    return (this.#lost ?? this.#refused) !== undefined
  }

  /** Throws "device-lost", now and ever after, or once what the GPU refused since the last check. */
  check(): void {
    if (this.#lost) throw this.#lost
    const refused = this.#refused
    this.#refused = undefined
    if (refused) throw refused
  }
}
