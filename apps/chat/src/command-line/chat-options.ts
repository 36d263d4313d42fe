import type { MatrixFormat } from "@llava/tensor"

/** What the command line asks for. */
export interface ChatOptions {
  /** Paths or addresses, in order. */
  image: string[]
  prompt?: string
  lines: boolean
  model?: string
  revision?: string
  template?: string
  tokenizer?: string
  mmproj?: string
  base?: string
  /** ES modules. */
  part: string[]
  dtype: "auto" | MatrixFormat
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
  offline: boolean
  adapter?: string
  verbose: boolean
}
