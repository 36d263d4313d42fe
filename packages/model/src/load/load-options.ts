import type { Template, Tokenizer } from "@llava/core"
import type { Device } from "@llava/tensor"
import type { Part } from "../contract/part.ts"
import type { ModelFolder } from "./model-folder.ts"
import type { WeightDType } from "./weight-dtype.ts"

/** How far the weights are. */
export interface LoadProgress {
  /** Bytes of weights on the GPU so far, and in all. */
  loadedBytes: number
  totalBytes: number
}

/** What a model is made of, in what form, and what its folder does not say. */
export interface LoadOptions {
  /** What the model may be made of; of two parts for one model type the later is taken. */
  parts: readonly Part[]
  /** Opened, and closed with the model, unless given. */
  device?: Device
  /** Default `auto`: as the file has it. The image encoder is never quantised. */
  dtype?: WeightDType
  /** Needed where neither config.json nor the tokenizer states one. */
  template?: string | Template
  /** Needed where the folder has none. */
  tokenizer?: Tokenizer
  /** The folder that delta weights are added to. */
  base?: string | ModelFolder
  /** Finds an encoder that is named by hub id and is no folder beside the model. */
  findFolder?: (name: string) => Promise<ModelFolder>
  onProgress?: (progress: LoadProgress) => void
  signal?: AbortSignal
}
