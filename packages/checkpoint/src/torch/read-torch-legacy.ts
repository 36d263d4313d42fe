import type { ByteSource } from "../bytes/byte-source.ts"
import { readPrefix } from "../bytes/read-prefix.ts"
import { CheckpointError } from "../checkpoint-error.ts"
import type { TorchContents } from "./open-torch.ts"
import { PickleProblem } from "./pickle-problem.ts"
import { resolveTorchGlobal } from "./resolve-torch-global.ts"
import { StorageType } from "./storage-type.ts"
import type { TorchDType } from "./torch-dtype.ts"
import { TorchStorage } from "./torch-storage.ts"
import { unpickle } from "./unpickle.ts"

const magicNumber = 0x1950a86a20f9469cfc6cn
const protocolVersion = 1001
const largestPickle = 1 << 28

/** A storage as the pickle describes it: elements of the whole run. */
interface Described {
  dtype: TorchDType
  length: number
}

/**
 * The layout before PyTorch 1.6: pickles of a magic number, a version, the sizes of C types, the object and the list of
 * storage keys, then for every key its number of elements (8 bytes) and its data.
 */
export async function readTorchLegacy(source: ByteSource): Promise<TorchContents> {
  const { value, keys, storages, end } = await readPrefix(source, (bytes) => parse(bytes, source.name), {
    limit: largestPickle,
    what: "pickle",
  })
  const offsets = await locate(source, keys, storages, end)
  return {
    value,
    readStorage: (key, begin, end) => source.read(offsets.get(key)! + begin, offsets.get(key)! + end),
  }
}

function parse(bytes: Uint8Array, file: string) {
  const storages = new Map<string, Described>()
  let at = 0
  const next = () => {
    const { value, end } = unpickle(bytes, at, {
      resolveGlobal: resolveTorchGlobal,
      resolvePersistent: (id) => storageOf(id, storages),
    })
    at = end
    return value
  }
  if (bytes[0] !== 0x80 || next() !== magicNumber || next() !== protocolVersion)
    throw new CheckpointError(`${file} is not a file of torch.save.`, {
      code: "torch-unknown",
      fix: "Give a .bin or .pt file of PyTorch, or a safetensors or GGUF file.",
    })
  const system = next()
  if (system instanceof Map && system.get("little_endian") === false)
    throw new CheckpointError(`${file}: its numbers are big-endian.`, {
      code: "big-endian",
      fix: "Save it anew on a little-endian machine.",
    })
  const value = next()
  const keys = next()
  if (!Array.isArray(keys) || !keys.every((key) => typeof key === "string"))
    throw new PickleProblem("the list of storages is missing")
  return { value, keys: keys as string[], storages, end: at }
}

function storageOf(id: unknown, storages: Map<string, Described>): TorchStorage {
  if (!Array.isArray(id)) throw new PickleProblem("a reference is not to a storage")
  const [kind, type, key, , length, view] = id
  if (kind !== "storage" || !(type instanceof StorageType) || typeof key !== "string" || !isCount(length))
    throw new PickleProblem("a reference is not to a storage")
  if (!type.dtype) throw new PickleProblem(`storage ${key} has no element type`)
  const known = storages.get(key)
  if (known && (known.dtype !== type.dtype || known.length !== length))
    throw new PickleProblem(`storage ${key} is described in two ways`)
  storages.set(key, { dtype: type.dtype, length })
  if (!Array.isArray(view)) return new TorchStorage(key, type.dtype, length)
  const [, begin, viewLength] = view
  if (!isCount(begin) || !isCount(viewLength) || begin + viewLength > length)
    throw new PickleProblem(`a view of storage ${key} reaches beyond it`)
  return new TorchStorage(key, type.dtype, viewLength, begin)
}

/** Where the data of every storage begins, found by stepping over them. */
async function locate(
  source: ByteSource,
  keys: readonly string[],
  storages: ReadonlyMap<string, Described>,
  begin: number,
): Promise<Map<string, number>> {
  const offsets = new Map<string, number>()
  let at = begin
  for (const key of keys) {
    const storage = storages.get(key)
    if (!storage || offsets.has(key)) throw new PickleProblem(`storage ${key} belongs to no tensor`)
    const bytes = await source.read(at, at + 8)
    const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigInt64(0, true)
    if (length !== BigInt(storage.length))
      throw new PickleProblem(`storage ${key} is said to have ${storage.length} elements, and then ${length}`)
    offsets.set(key, at + 8)
    at += 8 + storage.length * storage.dtype.bytes
    if (at > source.size)
      throw new CheckpointError(`${source.name} ends at byte ${source.size}, inside storage ${key}.`, {
        code: "file-truncated",
        fix: "Download or copy the file again.",
      })
  }
  for (const key of storages.keys()) if (!offsets.has(key)) throw new PickleProblem(`storage ${key} has no data`)
  return offsets
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0
}
