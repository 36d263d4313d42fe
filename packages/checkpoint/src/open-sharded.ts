import { z } from "zod"
import type { ByteSource } from "./bytes/byte-source.ts"
import { closeAll } from "./bytes/close-all.ts"
import { CheckpointError } from "./checkpoint-error.ts"
import { notWeights } from "./not-weights.ts"
import { findDuplicateKey } from "./safetensors/find-duplicate-key.ts"
import type { Checkpoint, StoredTensor } from "./stored-tensor.ts"

const indexSchema = z.object({
  metadata: z.record(z.string(), z.unknown()).optional(),
  weight_map: z.record(z.string(), z.string()),
})

const largestIndex = 100_000_000

/** How the file `name`, given relative to the index, is reached: beside it on disk, another blob, another address. */
export type OpenShard = (name: string) => Promise<ByteSource>

/**
 * The shards behind a `*.index.json` as one checkpoint. Every tensor the index lists must stand in the shard it names;
 * tensors of the shards that the index does not list are there too. The index file is read and closed.
 */
export async function openSharded(
  index: ByteSource,
  openShard: OpenShard,
  openOne: (source: ByteSource) => Promise<Checkpoint>,
): Promise<Checkpoint> {
  const weightMap = await readWeightMap(index)
  const shards = new Map<string, Checkpoint>()
  const dispose = () => closeAll(shards.values())
  try {
    for (const name of new Set(weightMap.values())) {
      const source = await openShard(name).catch((cause) => {
        if (!(cause instanceof CheckpointError) || cause.code !== "file-missing") throw cause
        throw new CheckpointError(`${name}, which ${index.name} names, does not exist.`, {
          code: "shard-missing",
          fix: "Download the missing file; the others can stay.",
          cause,
        })
      })
      await checkShard(source)
      shards.set(name, await openOne(source))
    }
    const tensors = new Map<string, StoredTensor>()
    for (const [name, shard] of weightMap) {
      const tensor = shards.get(shard)!.tensors.get(name)
      if (!tensor)
        throw new CheckpointError(`Tensor ${name} is not in ${shard}, where ${index.name} says it is.`, {
          code: "tensor-missing",
          fix: "Index and files are of different models or versions; download them together.",
        })
      tensors.set(name, tensor)
    }
    for (const shard of shards.values())
      for (const [name, tensor] of shard.tensors) if (!tensors.has(name)) tensors.set(name, tensor)
    const metadata = Object.assign({}, ...[...shards.values()].map((shard) => shard.metadata))
    return { tensors, metadata, [Symbol.asyncDispose]: dispose }
  } catch (error) {
    await dispose()
    throw error
  }
}

/** Says of a shard that is no file of weights at all what it is, which the opener of one format cannot. */
async function checkShard(source: ByteSource): Promise<void> {
  const start = await source.read(0, Math.min(64, source.size))
  const problem = notWeights(source.name, new TextDecoder("latin1").decode(start))
  if (!problem) return
  await source[Symbol.asyncDispose]()
  throw problem
}

async function readWeightMap(index: ByteSource): Promise<Map<string, string>> {
  await using source = index
  const fail = (problem: string) =>
    new CheckpointError(`${source.name}: ${problem}.`, { code: "index-invalid", fix: "Download the index again." })
  if (source.size > largestIndex) throw fail(`an index has at most ${largestIndex} bytes, this one ${source.size}`)
  const bytes = await source.read(0, source.size)
  let text: string
  let json: unknown
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes)
    json = JSON.parse(text)
  } catch (cause) {
    throw fail(`it is not JSON (${cause instanceof Error ? cause.message : cause})`)
  }
  const twice = findDuplicateKey(text)
  if (twice !== undefined) throw fail(`${twice} stands twice in it`)
  const parsed = indexSchema.safeParse(json)
  if (!parsed.success) throw fail(z.prettifyError(parsed.error).replaceAll("\n", " "))
  const entries = Object.entries(parsed.data.weight_map)
  if (entries.length === 0) throw fail("it names no tensors")
  for (const [, shard] of entries)
    if (!shard || /^([a-z]:|[\\/])|(^|[\\/])\.\.([\\/]|$)/i.test(shard))
      throw fail(`it names the file ${JSON.stringify(shard)}, which is not beside it`)
  return new Map(entries)
}
