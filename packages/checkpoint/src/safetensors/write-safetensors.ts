import { listFolder } from "#platform/list-folder"
import { removeFile } from "#platform/remove-file"
import { writeFilesAtomically } from "#platform/write-files-atomically"
import type { WritableFile } from "../bytes/writable-file.ts"
import { CheckpointError } from "../checkpoint-error.ts"
import { isStoredDType } from "../dtype/is-stored-dtype.ts"
import type { TensorToWrite } from "../tensor-to-write.ts"
import { writeTensorData } from "../write-tensor-data.ts"
import { planSafetensors, type SafetensorsPlan } from "./plan-safetensors.ts"

export interface WriteSafetensorsOptions {
  /** The `__metadata__` of every file; `format: "pt"`, which transformers asks for, unless given otherwise. */
  metadata?: Readonly<Record<string, string>>
  /** Tensor bytes per file; more makes shards and an index. One tensor is never split. Default: no limit. */
  maxShardBytes?: number
  signal?: AbortSignal
  onProgress?: (progress: { writtenBytes: number; totalBytes: number; tensor: string }) => void
}

export interface WrittenSafetensors {
  /** Absolute or relative as `path` was; the index last. */
  readonly files: readonly string[]
  /** Bytes of tensor data, headers not counted. */
  readonly totalBytes: number
}

/**
 * Writes tensors as `path` (`…/model.safetensors`), or where `maxShardBytes` is passed as shards
 * `…/model-00001-of-0000N.safetensors` with `…/model.safetensors.index.json`, named and filled as transformers does.
 *
 * Descriptions are gathered first, as the header needs them all; data is then streamed tensor by tensor. Files appear
 * whole or not at all (see `writeFilesAtomically`), and what an earlier save of the same `path` left (a single file
 * beside shards, or shards of another count) is removed at the end, so that it cannot be loaded by mistake.
 *
 * Throws `CheckpointError` "disk-full", "folder-missing", "file-not-writable", "tensor-size-mismatch",
 * "tensor-duplicate", "tensor-type-unsupported" (block formats belong into GGUF).
 */
export async function writeSafetensors(
  path: string,
  tensors: Iterable<TensorToWrite> | AsyncIterable<TensorToWrite>,
  options: WriteSafetensorsOptions = {},
): Promise<WrittenSafetensors> {
  const gathered: TensorToWrite[] = []
  for await (const tensor of tensors) gathered.push(tensor)
  checkTensors(path, gathered)

  const { folder, stem } = splitPath(path)
  const metadata = { format: "pt", ...options.metadata }
  const plan = planSafetensors(gathered, {
    stem,
    metadata,
    maxShardBytes: options.maxShardBytes ?? Number.POSITIVE_INFINITY,
  })
  let writtenBytes = 0
  const writeShard = (shard: SafetensorsPlan["shards"][number]) => async (file: WritableFile) => {
    await file.write(shard.header)
    for (const { tensor, byteLength } of shard.tensors) {
      options.signal?.throwIfAborted()
      await writeTensorData(file, tensor, byteLength, options.signal)
      writtenBytes += byteLength
      options.onProgress?.({ writtenBytes, totalBytes: plan.totalBytes, tensor: tensor.name })
    }
  }
  const files = plan.shards.map((shard) => ({ path: folder + shard.fileName, write: writeShard(shard) }))
  const { index } = plan
  if (index)
    files.push({
      path: `${folder}${stem}.safetensors.index.json`,
      write: (file) => file.write(new TextEncoder().encode(index)),
    })
  await writeFilesAtomically(files)
  await removeOlder(folder, stem, new Set(files.map((file) => file.path)))
  return { files: files.map((file) => file.path), totalBytes: plan.totalBytes }
}

function checkTensors(path: string, tensors: readonly TensorToWrite[]): void {
  const names = new Set<string>(["__metadata__"])
  for (const { name, dtype } of tensors) {
    if (names.has(name))
      throw new CheckpointError(`${path}: two tensors are named ${name}, or the name is reserved.`, {
        code: "tensor-duplicate",
      })
    names.add(name)
    if (!isStoredDType(dtype, "plain"))
      throw new CheckpointError(`${path}: tensor ${name} is ${dtype}, which safetensors does not know.`, {
        code: "tensor-type-unsupported",
        fix: "Decode it to F16 or F32 first, or write a GGUF file.",
      })
  }
}

function splitPath(path: string): { folder: string; stem: string } {
  const [, folder = "", stem] = /^(.*[\\/])?([^\\/]+)\.safetensors$/s.exec(path) ?? []
  if (stem === undefined)
    throw new CheckpointError(`${path} does not end in .safetensors.`, {
      code: "path-invalid",
      fix: "Name the file for example model.safetensors.",
    })
  return { folder, stem }
}

async function removeOlder(folder: string, stem: string, kept: ReadonlySet<string>): Promise<void> {
  for (const name of (await listFolder(folder || ".")) ?? []) {
    if (!name.startsWith(stem) || kept.has(folder + name)) continue
    if (/^(-\d{5}-of-\d{5})?\.safetensors$|^\.safetensors\.index\.json$/.test(name.slice(stem.length)))
      await removeFile(folder + name)
  }
}
