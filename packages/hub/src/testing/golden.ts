import { readFileSync } from "node:fs"
import { type Checkpoint, decodeTensorBytes, openCheckpoint } from "@llava/checkpoint"
import { fixturePath } from "#testing"

/** A fixture's numbers, ready to compare with. */
export class Golden implements AsyncDisposable {
  readonly json: Readonly<Record<string, unknown>>
  readonly #checkpoint: Checkpoint

  private constructor(json: Readonly<Record<string, unknown>>, checkpoint: Checkpoint) {
    this.json = json
    this.#checkpoint = checkpoint
  }

  static async open(name: string): Promise<Golden> {
    const json = JSON.parse(readFileSync(fixturePath(name, "golden.json"), "utf8"))
    return new Golden(json, await openCheckpoint(fixturePath(name, "golden.safetensors")))
  }

  shape(name: string): readonly number[] {
    return this.#checkpoint.tensors.get(name)!.shape
  }

  async floats(name: string): Promise<Float32Array<ArrayBuffer>> {
    const stored = this.#checkpoint.tensors.get(name)!
    return Float32Array.from(decodeTensorBytes(stored.dtype, await stored.read()))
  }

  /** Rows of an integer tensor, each cut to its length where a mask is given. */
  async rows(name: string, mask?: string): Promise<number[][]> {
    const stored = this.#checkpoint.tensors.get(name)!
    const bytes = await stored.read()
    const values = new Int32Array(bytes.slice().buffer)
    const width = stored.shape.at(-1)!
    const rows = Array.from({ length: values.length / width }, (_, row) => [
      ...values.subarray(row * width, (row + 1) * width),
    ])
    if (mask === undefined) return rows
    const masks = await this.rows(mask)
    return rows.map((row, index) => row.slice(0, masks[index]!.lastIndexOf(1) + 1))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#checkpoint[Symbol.asyncDispose]()
  }
}
