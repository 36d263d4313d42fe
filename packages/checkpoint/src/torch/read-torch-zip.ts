import type { ByteSource } from "../bytes/byte-source.ts"
import { readPrefix } from "../bytes/read-prefix.ts"
import { sliceSource } from "../bytes/slice-source.ts"
import { CheckpointError } from "../checkpoint-error.ts"
import type { TorchContents } from "./open-torch.ts"
import { PickleProblem } from "./pickle-problem.ts"
import { readZipDirectory } from "./read-zip-directory.ts"
import { resolveTorchGlobal } from "./resolve-torch-global.ts"
import { StorageType } from "./storage-type.ts"
import { TorchStorage } from "./torch-storage.ts"
import { unpickle } from "./unpickle.ts"
import { zipDataOffset } from "./zip-data-offset.ts"

const largestPickle = 1 << 28

/** The zip layout: `<archive>/data.pkl` describes, `<archive>/data/<key>` hold the storages, stored and uncompressed. */
export async function readTorchZip(source: ByteSource): Promise<TorchContents> {
  const directory = await readZipDirectory(source)
  const pickle = [...directory.values()].find(({ name }) => /^([^/]+\/)?data\.pkl$/.test(name))
  if (!pickle)
    throw new CheckpointError(`${source.name} is a zip archive, but not one of torch.save: it has no data.pkl.`, {
      code: "torch-unknown",
      fix: "Give the .bin or .pt file itself.",
    })
  const folder = pickle.name.slice(0, -"data.pkl".length)

  const byteOrder = directory.get(`${folder}byteorder`)
  if (byteOrder && byteOrder.size <= 16) {
    const begin = await zipDataOffset(source, byteOrder)
    const order = new TextDecoder().decode(await source.read(begin, begin + byteOrder.size))
    if (order !== "little")
      throw new CheckpointError(`${source.name}: its numbers are ${order}-endian.`, {
        code: "big-endian",
        fix: "Save it anew on a little-endian machine.",
      })
  }

  const data = sliceSource(source, await zipDataOffset(source, pickle), pickle.size, `${source.name}:${pickle.name}`)
  const { value } = await readPrefix(
    data,
    (bytes) => unpickle(bytes, 0, { resolveGlobal: resolveTorchGlobal, resolvePersistent }),
    { limit: largestPickle, what: "pickle" },
  )
  return { value, readStorage }

  function resolvePersistent(id: unknown): TorchStorage {
    if (!Array.isArray(id)) throw new PickleProblem("a reference is not to a storage")
    const [kind, type, key, , length] = id
    if (
      kind !== "storage" ||
      !(type instanceof StorageType) ||
      typeof key !== "string" ||
      !Number.isSafeInteger(length)
    )
      throw new PickleProblem("a reference is not to a storage")
    const entry = directory.get(`${folder}data/${key}`)
    if (!entry) throw new PickleProblem(`storage ${key} is not in the archive`)
    if (length < 0 || length * (type.dtype?.bytes ?? 1) > entry.size)
      throw new PickleProblem(`storage ${key} is said to have ${length} elements, but has ${entry.size} bytes`)
    return new TorchStorage(key, type.dtype, length)
  }

  async function readStorage(key: string, begin: number, end: number): Promise<Uint8Array> {
    const offset = await zipDataOffset(source, directory.get(`${folder}data/${key}`)!)
    return source.read(offset + begin, offset + end)
  }
}
