import { readFile, stat } from "node:fs/promises"
import { basename, dirname, resolve } from "node:path"
import { type Checkpoint, openCheckpoint } from "@llava/checkpoint"
import type { FileOptions } from "../open/file-options.ts"

/** What stands under a path; undefined where nothing does. */
export async function pathKind(path: string): Promise<"folder" | "file" | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (!found) return undefined
  return found.isDirectory() ? "folder" : "file"
}

export function openWeightsFile(path: string, _options: FileOptions = {}): Promise<Checkpoint> {
  return openCheckpoint(path)
}

export function readLocalFile(path: string): Promise<Uint8Array> {
  return readFile(path)
}

/** A path as the folder it is in and its name there. */
export function splitPath(path: string): { folder: string; name: string } {
  const whole = resolve(path)
  return { folder: dirname(whole), name: basename(whole) }
}
