import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { dirname, join, relative, resolve } from "node:path"
import { type Checkpoint, decodeTensorBytes, openCheckpoint, type StoredTensor } from "@llava/checkpoint"
import { z } from "zod"

const goldenSchema = z.looseObject({
  kind: z.string(),
  needs: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
})

/** One folder with `golden.json` and, for most kinds, `golden.safetensors`. */
export class Fixture implements AsyncDisposable {
  readonly folder: string
  /** Its path below the folder that was asked for. */
  readonly name: string
  readonly kind: string
  /** Everything golden.json says. */
  readonly golden: Readonly<Record<string, unknown>>
  readonly #needs: Readonly<Record<string, string | string[]>>
  readonly #checkpoint: Checkpoint | undefined
  readonly #read = new Set<string>()

  private constructor(folder: string, name: string, golden: z.output<typeof goldenSchema>, file?: Checkpoint) {
    this.folder = folder
    this.name = name
    this.kind = golden.kind
    this.golden = golden
    this.#needs = golden.needs
    this.#checkpoint = file
  }

  static async open(folder: string, name: string): Promise<Fixture> {
    const text = await readFile(join(folder, "golden.json"), "utf8")
    const golden = goldenSchema.parse(JSON.parse(text))
    const tensors = join(folder, "golden.safetensors")
    return new Fixture(folder, name, golden, existsSync(tensors) ? await openCheckpoint(tensors) : undefined)
  }

  get tensors(): ReadonlyMap<string, StoredTensor> {
    return this.#checkpoint?.tensors ?? new Map()
  }

  has(name: string): boolean {
    return this.tensors.has(name)
  }

  /** Names of tensors that begin with `prefix`, in the order of the numbers in them. */
  namesOf(prefix: string): string[] {
    const names = [...this.tensors.keys()].filter((name) => name.startsWith(prefix))
    return names.sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
  }

  shape(name: string): readonly number[] {
    return this.#tensor(name).shape
  }

  async floats(name: string): Promise<Float32Array> {
    const tensor = this.#tensor(name)
    return decodeTensorBytes(tensor.dtype, await tensor.read())
  }

  async bytes(name: string): Promise<Uint8Array> {
    return this.#tensor(name).read()
  }

  async integers(name: string): Promise<Int32Array> {
    return Int32Array.from(await this.floats(name))
  }

  /** A two-dimensional tensor of integers by rows. */
  async rows(name: string): Promise<number[][]> {
    const width = this.shape(name).at(-1)!
    const values = Array.from(await this.integers(name))
    return Array.from({ length: values.length / width }, (_, row) => values.slice(row * width, (row + 1) * width))
  }

  /** Counts tensors as read that later checks will read. */
  leave(names: readonly string[]): void {
    for (const name of names) this.#read.add(name)
  }

  /** Tensors that no check has read. */
  get unread(): string[] {
    return [...this.tensors.keys()].filter((name) => !this.#read.has(name))
  }

  /** The path of an entry of `needs`; undefined where golden.json has none. */
  need(name: string): string | undefined {
    const path = this.#needs[name]
    return typeof path === "string" ? resolve(this.folder, path) : undefined
  }

  /** The model, and the folders that hold the same weights, with what to call them. */
  get models(): { path: string; label: string }[] {
    const same = this.#needs["same_weights"] ?? []
    const paths = [this.#needs["model"] ?? [], same].flat()
    return paths.map((path, index) => ({ path: resolve(this.folder, path), label: index === 0 ? "" : ` (${path})` }))
  }

  /** A path as the user would find it. */
  display(path: string): string {
    return relative(dirname(this.folder), path)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#checkpoint?.[Symbol.asyncDispose]()
  }

  #tensor(name: string): StoredTensor {
    const tensor = this.tensors.get(name)
    if (!tensor) throw new Error(`golden.safetensors has no '${name}'`)
    this.#read.add(name)
    return tensor
  }
}
