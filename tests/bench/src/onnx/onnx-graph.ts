import { closeSync, openSync, writeFileSync, writeSync } from "node:fs"
import { join as joinPath } from "node:path"
import { bytesField, type Field, floatField, integerField, join } from "./protobuf.ts"

/** Element types as ONNX numbers them. */
const elementTypes = { f32: 1, u8: 2, i32: 6, i64: 7, f16: 10 } as const
export type ElementType = keyof typeof elementTypes

export type AttributeValue = number | { float: number } | readonly number[]

export interface NodeOptions {
  readonly attributes?: Readonly<Record<string, AttributeValue>>
  /** Operators beyond ONNX's own are `com.microsoft`'s. */
  readonly domain?: "com.microsoft"
  /** Number of outputs; their names follow from the first. */
  readonly outputs?: number
}

/** Constants above this size go into the file beside the model: protobuf ends at 2 GiB. */
const INLINE_BYTES = 1024

/** Writes an ONNX model (opset 17, and com.microsoft 1): `model.onnx` with `weights.bin` beside it. */
export class OnnxGraph implements Disposable {
  readonly #folder: string
  readonly #weights: number
  readonly #nodes: Field[] = []
  readonly #constants: Field[] = []
  readonly #inputs: Field[] = []
  readonly #outputs: Field[] = []
  #weightBytes = 0
  #names = 0

  constructor(folder: string) {
    this.#folder = folder
    this.#weights = openSync(joinPath(folder, "weights.bin"), "w")
  }

  input(name: string, type: ElementType, dims: readonly number[]): string {
    this.#inputs.push(bytesField(11, valueInfo(name, type, dims)))
    return name
  }

  /** Gives the value `from` out under the name. */
  output(name: string, from: string, type: ElementType, dims: readonly number[]): void {
    this.#nodes.push(bytesField(1, [bytesField(1, from), bytesField(2, name), bytesField(4, "Identity")]))
    this.#outputs.push(bytesField(12, valueInfo(name, type, dims)))
  }

  constant(type: ElementType, dims: readonly number[], data: ArrayBufferView): string {
    const name = `constant_${this.#names++}`
    const fields = [...dims.map((size) => integerField(1, size)), integerField(2, elementTypes[type])]
    fields.push(bytesField(8, name))
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    if (bytes.byteLength <= INLINE_BYTES) fields.push(bytesField(9, bytes))
    else fields.push(...this.#external(bytes))
    this.#constants.push(bytesField(5, fields))
    return name
  }

  /** Adds a node and returns the name of its first output; the others are that name with `_1`, `_2`, ... appended. */
  node(operator: string, inputs: readonly string[], options: NodeOptions = {}): string {
    const { attributes = {}, domain, outputs = 1 } = options
    const name = `value_${this.#names++}`
    const fields = inputs.map((input) => bytesField(1, input))
    for (let i = 0; i < outputs; i++) fields.push(bytesField(2, i === 0 ? name : `${name}_${i}`))
    fields.push(bytesField(4, operator))
    for (const [key, value] of Object.entries(attributes)) fields.push(bytesField(5, attribute(key, value)))
    if (domain) fields.push(bytesField(7, domain))
    this.#nodes.push(bytesField(1, fields))
    return name
  }

  cast(x: string, from: ElementType, to: ElementType): string {
    return from === to ? x : this.node("Cast", [x], { attributes: { to: elementTypes[to] } })
  }

  /** Finishes the file and returns its path. */
  save(): string {
    const graph = [...this.#nodes, bytesField(2, "bench"), ...this.#constants, ...this.#inputs, ...this.#outputs]
    const opsets = [
      bytesField(8, [integerField(2, 17)]),
      bytesField(8, [bytesField(1, "com.microsoft"), integerField(2, 1)]),
    ]
    const path = joinPath(this.#folder, "model.onnx")
    writeFileSync(path, join([integerField(1, 8), bytesField(7, graph), ...opsets]))
    return path
  }

  [Symbol.dispose](): void {
    closeSync(this.#weights)
  }

  #external(bytes: Uint8Array): Field[] {
    const offset = this.#weightBytes
    for (let at = 0; at < bytes.byteLength; ) at += writeSync(this.#weights, bytes, at)
    this.#weightBytes += bytes.byteLength
    const entry = (key: string, value: string) => bytesField(13, [bytesField(1, key), bytesField(2, value)])
    const place = [entry("location", "weights.bin"), entry("offset", `${offset}`)]
    return [...place, entry("length", `${bytes.byteLength}`), integerField(14, 1)]
  }
}

function valueInfo(name: string, type: ElementType, dims: readonly number[]): Field[] {
  const shape = dims.map((size) => bytesField(1, [integerField(1, size)]))
  const tensor = [integerField(1, elementTypes[type]), bytesField(2, shape)]
  return [bytesField(1, name), bytesField(2, [bytesField(1, tensor)])]
}

function attribute(name: string, value: AttributeValue): Field[] {
  const FLOAT = 1
  const INT = 2
  const INTS = 7
  if (typeof value === "number") return [bytesField(1, name), integerField(3, value), integerField(20, INT)]
  if ("float" in value) return [bytesField(1, name), floatField(2, value.float), integerField(20, FLOAT)]
  return [bytesField(1, name), ...value.map((item) => integerField(8, item)), integerField(20, INTS)]
}
