import { execFile } from "node:child_process"
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { writeSafetensors } from "@llava/checkpoint"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { bigModelTensors, byteTokenizerJson, writeBigModelFiles, zeros } from "./big-model.ts"
import { writeBigGguf } from "./write-big-gguf.ts"
import { writeTorchFile } from "./write-torch-file.ts"

const MB = 1e6
const program = fileURLToPath(new URL("measure-loading.ts", import.meta.url))

interface Measured {
  before: number
  peak: number
  after: number
  weights: number
}

/** Writes the weights of a model; what is opened is returned. */
const layouts: Record<string, (folder: string) => Promise<string>> = {
  async safetensors(folder) {
    await writeBigModelFiles(folder)
    const tensors = bigModelTensors().map(({ name, shape }) => {
      const bytes = 2 * shape.reduce((product, size) => product * size, 1)
      return { name, shape, dtype: "F16" as const, bytes: () => zeros(bytes) }
    })
    await writeSafetensors(join(folder, "model.safetensors"), tensors)
    return folder
  },
  async torch(folder) {
    await writeBigModelFiles(folder)
    await writeTorchFile(join(folder, "pytorch_model.bin"), bigModelTensors())
    return folder
  },
  async gguf(folder) {
    const file = join(folder, "model.gguf")
    await writeBigGguf(file)
    return file
  },
}

describe.skipIf(process.platform !== "linux")("loading, measured in a process of its own (Linux)", () => {
  let root: string
  let tokenizer: string
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "llava-loading-"))
    tokenizer = join(root, "tokenizer.json")
    await writeFile(tokenizer, byteTokenizerJson())
  })
  afterAll(() => rm(root, { recursive: true, force: true }))

  test.each(Object.keys(layouts))("%s: at most 1.15 times the weights and 200 MB over what was there", async (name) => {
    const folder = join(root, name)
    await mkdir(folder)
    const model = await layouts[name]!(folder)
    const args = ["--conditions=@llava/source", program, model, tokenizer]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    await rm(folder, { recursive: true })
    const { before, peak, weights }: Measured = JSON.parse(stdout)
    expect(weights).toBeGreaterThan(280 * MB)
    expect((peak - before) / MB).toBeLessThan((1.15 * weights) / MB + 200)
  })
})
