import { fileSource } from "#platform/file-source"
import { listFolder } from "#platform/list-folder"
import { closeAll } from "./bytes/close-all.ts"
import { CheckpointError } from "./checkpoint-error.ts"
import { openGguf } from "./gguf/open-gguf.ts"
import { mergeCheckpoints } from "./merge-checkpoints.ts"
import { openCheckpointSource } from "./open-checkpoint-source.ts"
import { openSafetensorsIndex } from "./safetensors/open-safetensors-index.ts"
import type { Checkpoint } from "./stored-tensor.ts"
import { openTorchIndex } from "./torch/open-torch-index.ts"

/** What a model folder is searched for, in this order. */
const knownNames = [
  "model.safetensors",
  "model.safetensors.index.json",
  "pytorch_model.bin",
  "pytorch_model.bin.index.json",
  "adapter_model.safetensors",
  "adapter_model.bin",
]

/**
 * Opens the weights in a model folder, in a file (safetensors, GGUF, torch; an index opens its shards, the first part of
 * a split GGUF the others), or in a list of files as one checkpoint. Only headers are read; nothing keeps whole files.
 * Node only; a browser has `openCheckpointSource`.
 *
 * Throws `CheckpointError` "checkpoint-missing" (what was looked for), "checkpoint-ambiguous" (several GGUF files),
 * "file-missing", and what the opener of the format throws.
 */
export async function openCheckpoint(location: string | readonly string[]): Promise<Checkpoint> {
  if (typeof location === "string") {
    const names = await listFolder(location)
    return openFile(names ? `${location}/${chooseFile(location, names)}` : location)
  }
  const parts: Checkpoint[] = []
  try {
    for (const path of location) parts.push(await openFile(path))
    return mergeCheckpoints(parts)
  } catch (error) {
    await closeAll(parts)
    throw error
  }
}

function chooseFile(folder: string, names: readonly string[]): string {
  const known = knownNames.find((name) => names.includes(name))
  if (known) return known
  const gguf = names.filter((name) => /\.gguf$/i.test(name) && !/mmproj/i.test(name))
  const firsts = gguf.filter((name) => (splitName(name)?.part ?? 1) === 1)
  if (firsts.length === 1) return firsts[0]!
  if (firsts.length > 1)
    throw new CheckpointError(`${folder} holds several models: ${firsts.join(", ")}.`, {
      code: "checkpoint-ambiguous",
      fix: "Give the path of one of the files.",
    })
  throw new CheckpointError(`${folder} holds no weights: looked for ${knownNames.join(", ")} and *.gguf.`, {
    code: "checkpoint-missing",
    fix: "Give the folder that holds config.json and the weights, or the path of a file.",
  })
}

async function openFile(path: string): Promise<Checkpoint> {
  const folder = path.slice(0, path.search(/[^\\/]*$/))
  if (/\.index\.json$/i.test(path)) {
    const open = /\.bin\.index\.json$/i.test(path) ? openTorchIndex : openSafetensorsIndex
    return open(await fileSource(path), (name) => fileSource(folder + name))
  }
  const split = splitName(path)
  if (!split) return openCheckpointSource(await fileSource(path))
  const sources = []
  try {
    for (let part = 1; part <= split.count; part++) sources.push(await fileSource(split.nameOf(part)))
  } catch (error) {
    await closeAll(sources)
    throw error
  }
  return openGguf(sources)
}

/** Parts of a split GGUF are named `<stem>-00001-of-00003.gguf`. */
function splitName(path: string): { part: number; count: number; nameOf(part: number): string } | undefined {
  const [, stem, part, count] = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/s.exec(path) ?? []
  if (stem === undefined) return undefined
  const nameOf = (number: number) => `${stem}-${String(number).padStart(5, "0")}-of-${count}.gguf`
  return { part: Number(part), count: Number(count), nameOf }
}
