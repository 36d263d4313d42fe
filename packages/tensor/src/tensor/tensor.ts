import type { GradientTarget } from "../autograd/gradient-target.ts"
import { recordGradient } from "../autograd/record-gradient.ts"
import type { BufferHandle } from "../device/buffer-handle.ts"
import type { Device } from "../device/device.ts"
import { TensorError } from "../error/tensor-error.ts"
import { bytesPerElement, type DType } from "./dtype.ts"
import type { Scope } from "./scope.ts"
import { elementCount, type Shape } from "./shape.ts"
import { Storage } from "./storage.ts"

/** Elements on the host, by dtype: f32, i32, u32, and the bits of f16. */
export type TensorData = Float32Array | Int32Array | Uint32Array | Uint16Array

/**
 * A dense row-major array on the GPU. Operations never change or consume their inputs. A tensor lives until `dispose`,
 * the end of the scope it was made in (`device.scope()`), or the end of a `using` block.
 */
export class Tensor implements Disposable {
  readonly device: Device
  readonly shape: Shape
  readonly dtype: DType
  readonly #storage: Storage
  #disposed = false
  /** @internal The scope that will release it. */
  scope: Scope | undefined
  /** @internal Where its gradient goes, if something trained went into it. */
  target: GradientTarget | undefined

  private constructor(storage: Storage, shape: Shape, dtype: DType) {
    this.device = storage.device
    this.shape = shape
    this.dtype = dtype
    this.#storage = storage
    this.device.currentScope?.add(this)
  }

  /** Undefined contents: the caller's kernel must write every element. */
  static empty(device: Device, shape: Shape, dtype: DType = "f32"): Tensor {
    return new Tensor(new Storage(device, elementCount(shape) * bytesPerElement[dtype]), [...shape], dtype)
  }

  static zeros(device: Device, shape: Shape, dtype: DType = "f32"): Tensor {
    const tensor = Tensor.empty(device, shape, dtype)
    device.clear(tensor.buffer)
    return tensor
  }

  /** Uploads host data. Float32Array is f32, Int32Array i32, Uint32Array u32, Uint16Array the bits of f16. */
  static from(device: Device, data: TensorData, shape: Shape): Tensor {
    const dtype = dtypeOf(data)
    if (elementCount(shape) !== data.length) {
      throw new TensorError(`${data.length} values do not fill the shape [${shape}].`, { code: "shape-mismatch" })
    }
    const tensor = Tensor.empty(device, shape, dtype)
    device.upload(tensor.buffer, data)
    return tensor
  }

  get size(): number {
    return elementCount(this.shape)
  }

  /** Bytes of the elements, without the padding of the buffer. */
  get byteLength(): number {
    return this.size * bytesPerElement[this.dtype]
  }

  get buffer(): BufferHandle {
    if (this.#disposed) {
      throw new TensorError(`A tensor of shape [${this.shape}] was used after it was disposed.`, {
        code: "use-after-dispose",
        fix: "Keep it with scope.keep(tensor) or tensor.retain().",
      })
    }
    return this.#storage.buffer
  }

  /** Same elements under another shape, sharing the buffer. One size may be -1. */
  reshape(shape: Shape): Tensor {
    void this.buffer
    const known = shape.reduce((product, size) => (size === -1 ? product : product * size), 1)
    const resolved = shape.map((size) => (size === -1 ? this.size / known : size))
    if (elementCount(resolved) !== this.size) {
      throw new TensorError(`[${this.shape}] cannot be reshaped to [${shape}].`, { code: "shape-mismatch" })
    }
    const reshaped = new Tensor(this.#storage.retain(), resolved, this.dtype)
    return recordGradient(reshaped, [this], [], (gradient) => [gradient.reshape(this.shape)])
  }

  /** @internal Another handle to the same elements, outside all scopes and without a part in the flow of gradients. */
  share(): Tensor {
    void this.buffer
    return new Tensor(this.#storage.retain(), this.shape, this.dtype).retain()
  }

  /** @internal Whether no other handle shares the elements. */
  get exclusive(): boolean {
    return this.#storage.exclusive
  }

  /** Takes the tensor out of its scope: from now on the caller disposes it. */
  retain(): this {
    this.scope?.remove(this)
    return this
  }

  /** Waits for the GPU and copies the elements to the host; f16 comes as its bits in a Uint16Array. */
  async read(): Promise<TensorData> {
    const bytes = await this.device.read(this.buffer, this.byteLength)
    if (this.dtype === "f32") return new Float32Array(bytes)
    if (this.dtype === "i32") return new Int32Array(bytes)
    if (this.dtype === "u32") return new Uint32Array(bytes)
    return new Uint16Array(bytes)
  }

  dispose(): void {
    if (this.#disposed) return
    this.scope?.remove(this)
    this.#disposed = true
    this.#storage.release()
  }

  [Symbol.dispose](): void {
    this.dispose()
  }
}

function dtypeOf(data: TensorData): DType {
  if (data instanceof Float32Array) return "f32"
  if (data instanceof Int32Array) return "i32"
  if (data instanceof Uint32Array) return "u32"
  return "f16"
}
