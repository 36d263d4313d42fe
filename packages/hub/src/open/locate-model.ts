import type { Checkpoint } from "@llava/checkpoint"
import { ModelError, type ModelFolder } from "@llava/model"
import { openWeightsFile, pathKind, splitPath } from "#platform/local-files"
import { nanoFolder } from "#platform/nano-folder"
import { openFolder } from "#platform/open-folder"
import { findKnownModel } from "../known/find-known-model.ts"
import { type KnownModel, knownModels } from "../known/known-models.ts"
import { OpenModelError } from "../open-model-error.ts"
import { type DownloadModelOptions, downloadModel } from "./download-model.ts"
import type { FileOptions } from "./file-options.ts"
import { parseHubId } from "./parse-hub-id.ts"

/** A model found: a folder, or an open GGUF file with the folder around it. */
export interface LocatedModel {
  folder: ModelFolder
  gguf?: { name: string; checkpoint: Checkpoint; mmproj?: { name: string; open(): Promise<Checkpoint> } }
  known?: KnownModel
}

/**
 * Finds a model: an existing path wins, then `nano`, a known name, a hub id. `what` is its name in errors:
 * "nano-not-installed", "model-not-found", "unsupported-file", and those of downloads.
 */
export async function locateModel(
  nameOrPath: string,
  { what = "model", ...options }: DownloadModelOptions & { what?: string },
): Promise<LocatedModel> {
  const kind = await pathKind(nameOrPath)
  if (kind === "folder") return inFolder(await openFolder(nameOrPath, options), options.signal)
  if (kind === "file") return fileModel(nameOrPath, options)
  if (nameOrPath === "nano") {
    const folder = nanoFolder()
    if (folder === undefined) throw nanoMissing()
    return inFolder(await openFolder(folder, options), options.signal)
  }
  const known = findKnownModel(nameOrPath)
  const id = known ? { repo: known.hub, file: undefined, revision: undefined } : parseHubId(nameOrPath)
  if (!id) throw notFound(what, nameOrPath)
  const revision = options.revision ?? known?.revision
  const folder = await downloadModel(id, { ...options, ...(revision !== undefined && { revision }) })
  const located = id.file === undefined ? await inFolder(folder, options.signal) : await oneGguf(folder, id.file)
  return known ? { ...located, known } : located
}

/** A folder without config.json but with a GGUF file is that file. */
async function inFolder(folder: ModelFolder, signal: AbortSignal | undefined): Promise<LocatedModel> {
  signal?.throwIfAborted()
  const ggufs = folder.files.filter((file) => /\.gguf$/i.test(file))
  if (folder.files.includes("config.json") || ggufs.length === 0) return { folder }
  const mmproj = ggufs.find((file) => /mmproj/i.test(file))
  const checkpoint = await folder.openWeights()
  return {
    folder,
    gguf: {
      name: folder.name,
      checkpoint,
      ...(mmproj !== undefined && {
        mmproj: { name: `${folder.name}/${mmproj}`, open: () => folder.openWeights(mmproj) },
      }),
    },
  }
}

async function oneGguf(folder: ModelFolder, file: string): Promise<LocatedModel> {
  return { folder, gguf: { name: `${folder.name}/${file}`, checkpoint: await folder.openWeights(file) } }
}

async function fileModel(path: string, options: FileOptions): Promise<LocatedModel> {
  const { folder } = splitPath(path)
  const checkpoint = await openWeightsFile(path, options)
  if (typeof checkpoint.metadata["general.architecture"] === "string") {
    return { folder: await folderAround(folder, options), gguf: { name: path, checkpoint } }
  }
  await checkpoint[Symbol.asyncDispose]()
  throw new OpenModelError(`${path} holds weights alone; what they belong to stands in config.json.`, {
    code: "unsupported-file",
    fix: `Give its folder, ${folder}, or a .gguf file.`,
  })
}

/** In a browser a folder that has none of a model's usual files cannot be told from one that is not there. */
async function folderAround(path: string, options: FileOptions): Promise<ModelFolder> {
  try {
    return await openFolder(path, options)
  } catch (error) {
    if (!(error instanceof ModelError) || error.code !== "folder-missing") throw error
    return {
      name: path,
      files: [],
      read: () => Promise.reject(error),
      openWeights: () => Promise.reject(error),
      related: () => Promise.resolve(undefined),
    }
  }
}

function nanoMissing(): OpenModelError {
  return new OpenModelError(
    "The small model 'nano' comes in a package of its own, @llava/nano, which is not installed.",
    {
      code: "nano-not-installed",
      fix: `In Node, npm install @llava/nano; or give the folder or address of a model, or a known name: ${names()}.`,
    },
  )
}

function notFound(what: string, name: string): OpenModelError {
  return new OpenModelError(`There is no ${what} '${name}': no such path, no known name, and no hub id (org/name).`, {
    code: "model-not-found",
    fix: what === "mmproj file" ? "Check the path." : `Known names are: ${names()}.`,
  })
}

function names(): string {
  return knownModels
    .filter(({ kind }) => kind !== "clip")
    .map(({ name }) => name)
    .join(", ")
}
