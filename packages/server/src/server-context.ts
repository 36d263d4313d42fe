import type { ServedEmbedder, ServedModel } from "./contract/served-model.ts"
import type { FileStore } from "./files/file-store.ts"
import type { ImageSource } from "./images/image-source.ts"
import type { ServerMetrics } from "./metrics/server-metrics.ts"
import type { FairQueue } from "./queue/fair-queue.ts"
import type { ServerLimits } from "./server-limits.ts"

/** What the routes share. */
export interface ServerContext {
  readonly models: readonly (ServedModel & { queue: FairQueue })[]
  readonly embedders: readonly (ServedEmbedder & { queue: FairQueue })[]
  readonly limits: ServerLimits
  /** When the server was made, in seconds. */
  readonly created: number
  readonly isStopping: () => boolean
  /** Errors: ApiError 503 once the server stops. */
  readonly refuseWhenStopping: () => void
  readonly metrics: ServerMetrics
  /** Files of one owner, and addresses. */
  readonly files: FileStore
  readonly imageSource: (owner: string) => ImageSource
  readonly report: (error: unknown, request: { method: string; path: string }) => void
}

/** What the guards find out about a request. */
export interface RequestVariables {
  Variables: {
    /** Which API key it bears: uploaded files belong to it. */
    owner: string
    /** Whose turn it takes in the queue. */
    client: string
  }
}
