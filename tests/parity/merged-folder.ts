import type { StoredTensor } from "@llava/checkpoint"
import { type ModelFolder, openModelFolder } from "@llava/model"

/** A model folder in which some tensors have other values, given as float32. */
export async function mergedFolder(path: string, values: ReadonlyMap<string, Float32Array>): Promise<ModelFolder> {
  const folder = await openModelFolder(path)
  return {
    ...folder,
    async openWeights() {
      const checkpoint = await folder.openWeights()
      const replaced = [...values].map(([name, value]) => {
        const stored = checkpoint.tensors.get(name)
        if (!stored) throw new Error(`${path} has no '${name}'`)
        return [name, withValues(stored, value)] as const
      })
      return {
        metadata: checkpoint.metadata,
        tensors: new Map([...checkpoint.tensors, ...replaced]),
        [Symbol.asyncDispose]: () => checkpoint[Symbol.asyncDispose](),
      }
    },
  }
}

function withValues({ name, shape, file }: StoredTensor, value: Float32Array): StoredTensor {
  const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  return {
    name,
    shape,
    file,
    dtype: "F32",
    byteLength: bytes.length,
    read: async (begin = 0, end = bytes.length) => bytes.subarray(begin, end),
  }
}
