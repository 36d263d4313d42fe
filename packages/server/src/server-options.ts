import type { Context } from "hono"
import type { ServedEmbedder, ServedModel } from "./contract/served-model.ts"
import type { ServerLimits } from "./server-limits.ts"

/**
 * Which addresses of images are fetched: none, those that every resolved address shows to be public, or any at all.
 * Images in the request itself and uploaded ones are always taken.
 */
export type ImageUrls = "none" | "public" | "any"

export interface ServerOptions {
  /** Looked up anew for each request: models that are added while the server runs are served from then on. */
  models: readonly ServedModel[]
  embedders?: readonly ServedEmbedder[]
  /** Requests must bear one of them. Default: none is asked for. */
  apiKeys?: readonly string[]
  limits?: Partial<ServerLimits>
  /** Default `none`. */
  imageUrls?: ImageUrls
  /**
   * Names by which the server may be called, besides `localhost` and addresses: whatever else stands in `Host` is
   * refused, or a page whose name was pointed at this machine could ask questions (DNS rebinding).
   */
  allowedHosts?: readonly string[]
  /** Origins whose pages may call the server. Default: only pages that it serves itself. */
  allowedOrigins?: readonly string[]
  /** Folder of static files: the page at `/`. Files are listed once, here. */
  page?: string
  /** Once aborted, new questions are refused with 503 and those under way are finished. */
  stopping?: AbortSignal
  /** Who sent a request: clients take turns in the queue. Default: the API key. */
  clientOf?: (context: Context) => string | undefined
  /** Errors that are the server's own fault, of which clients learn nothing but that. */
  onError?: (error: unknown, request: { method: string; path: string }) => void
}
