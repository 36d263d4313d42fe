/** Little-endian fields put one after another. */
export class ByteBuilder {
  #bytes = new Uint8Array(1 << 12)
  #length = 0

  #grow(length: number): DataView {
    const end = this.#length + length
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, this.#bytes.length * 2))
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    const view = new DataView(this.#bytes.buffer, this.#length, length)
    this.#length = end
    return view
  }

  uint8(value: number): this {
    this.#grow(1).setUint8(0, value)
    return this
  }

  uint16(value: number): this {
    this.#grow(2).setUint16(0, value, true)
    return this
  }

  uint32(value: number): this {
    this.#grow(4).setUint32(0, value, true)
    return this
  }

  uint64(value: number | bigint): this {
    this.#grow(8).setBigUint64(0, BigInt(value), true)
    return this
  }

  float32(value: number): this {
    this.#grow(4).setFloat32(0, value, true)
    return this
  }

  float64(value: number): this {
    this.#grow(8).setFloat64(0, value, true)
    return this
  }

  /** UTF-8 with its length in front, as GGUF has it. */
  string(text: string): this {
    const bytes = new TextEncoder().encode(text)
    return this.uint64(bytes.length).bytes(bytes)
  }

  bytes(bytes: Uint8Array): this {
    const view = this.#grow(bytes.length)
    new Uint8Array(view.buffer, view.byteOffset, bytes.length).set(bytes)
    return this
  }

  padTo(alignment: number): this {
    this.#grow((alignment - (this.#length % alignment)) % alignment)
    return this
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }
}
