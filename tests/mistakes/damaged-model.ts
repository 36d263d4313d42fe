import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openCheckpoint, type TensorToWrite, writeSafetensors } from "@llava/checkpoint"
import { fixturePath } from "#testing"
import { byteTokenizerJson } from "../loading/big-model.ts"

/** Copies of the fixtures' models, to be damaged; they vanish with the object. */
export class DamagedModels implements AsyncDisposable {
  readonly root: string

  private constructor(root: string) {
    this.root = root
  }

  static async create(): Promise<DamagedModels> {
    return new DamagedModels(await mkdtemp(join(tmpdir(), "llava-mistakes-")))
  }

  /** A language model alone, in one safetensors file, with a tokenizer. */
  text(name: string): Promise<DamagedModel> {
    return this.#copy(name, "llama-mha/model")
  }

  /** A LLaVA in Hugging Face's layout, with a tokenizer. */
  huggingFace(name: string): Promise<DamagedModel> {
    return this.#copy(name, "llava-hf/model")
  }

  /** A LLaVA in the original's layout, with torch shards and a separate image encoder in `../vision-tower`. */
  async original(name: string): Promise<DamagedModel> {
    const folder = join(this.root, name)
    await cp(fixturePath("llava-original-mlp"), folder, { recursive: true })
    return new DamagedModel(join(folder, "model"))
  }

  async #copy(name: string, fixture: string): Promise<DamagedModel> {
    const model = new DamagedModel(join(this.root, name))
    await cp(fixturePath(fixture), model.folder, { recursive: true })
    await model.write("tokenizer.json", byteTokenizerJson())
    return model
  }

  [Symbol.asyncDispose](): Promise<void> {
    return rm(this.root, { recursive: true, force: true })
  }
}

/** A model folder, and the ways to damage it. */
export class DamagedModel {
  readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  path(file: string): string {
    return join(this.folder, file)
  }

  write(file: string, content: string | Uint8Array): Promise<void> {
    return writeFile(this.path(file), content)
  }

  remove(file: string): Promise<void> {
    return rm(this.path(file), { recursive: true })
  }

  /** Changes the bytes of a file. */
  async change(file: string, change: (bytes: Buffer) => Uint8Array): Promise<void> {
    await this.write(file, change(await readFile(this.path(file))))
  }

  /** Sets keys of a JSON file. */
  async set(keys: Record<string, unknown>, file = "config.json"): Promise<void> {
    const json: object = JSON.parse(await readFile(this.path(file), "utf8"))
    await this.write(file, JSON.stringify({ ...json, ...keys }))
  }

  /** Changes the tensors of `model.safetensors`; undefined takes one out. */
  async tensors(change: (tensor: TensorToWrite) => TensorToWrite | undefined): Promise<void> {
    const path = this.path("model.safetensors")
    const tensors: TensorToWrite[] = []
    {
      await using checkpoint = await openCheckpoint(path)
      for (const [name, stored] of checkpoint.tensors) {
        const changed = change({ name, dtype: stored.dtype, shape: stored.shape, bytes: await stored.read() })
        if (changed) tensors.push(changed)
      }
    }
    await writeSafetensors(path, tensors)
  }
}
