import type { Checkpoint } from "@llava/checkpoint"

/** Files of a model, wherever they are. */
export interface ModelFolder {
  /** A path or an address, for error messages. */
  readonly name: string
  /** Names of the files directly inside. */
  readonly files: readonly string[]
  /** Throws where there is no such file. */
  read(file: string): Promise<Uint8Array>
  /** The model's weights: safetensors, torch or GGUF, sharded or not. Or those of one file of the folder. */
  openWeights(file?: string): Promise<Checkpoint>
  /** Another folder by a path relative to this one; undefined where there is none. */
  related(path: string): Promise<ModelFolder | undefined>
}
