import type { ModelOptions } from "../command-line/chat-options.ts"

/** What `serve` is asked for. */
export interface ServeOptions extends ModelOptions {
  port: number
  host: string
  model: string[]
  /** CLIPs for `/v1/embeddings`. */
  embeddings: string[]
  apiKey: string[]
  maxConcurrent?: number
  maxQueued?: number
  maxTokens?: number
  maxSeconds?: number
  temperature?: number
  allowHost: string[]
  allowOrigin: string[]
  imageUrls?: "none" | "public"
  allowPrivateUrls: boolean
  page: boolean
}
