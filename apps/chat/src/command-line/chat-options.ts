import type { MatrixFormat } from "@llava/tensor"

/** What the command line says about a model in every mode. */
export interface ModelOptions {
  revision?: string
  template?: string
  tokenizer?: string
  mmproj?: string
  base?: string
  /** ES modules. */
  part: string[]
  dtype: "auto" | MatrixFormat
  offline: boolean
  adapter?: string
  verbose: boolean
}

/** What the command line asks for. */
export interface ChatOptions extends ModelOptions {
  /** Paths or addresses, in order. */
  image: string[]
  prompt?: string
  lines: boolean
  model?: string
  maxNewTokens: number
  temperature: number
  topK: number
  topP: number
  minP: number
  repetitionPenalty: number
  seed?: number
  stop: string[]
  ignoreEos: boolean
  json: boolean
}
