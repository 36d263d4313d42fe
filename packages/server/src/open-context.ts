import { FileStore } from "./files/file-store.ts"
import { fetchImage } from "./images/fetch-image.ts"
import { FairQueue } from "./queue/fair-queue.ts"
import type { ServerContext } from "./server-context.ts"
import { defaultLimits } from "./server-limits.ts"
import type { ServerOptions } from "./server-options.ts"

/** What the routes of one server share. */
export function openContext(options: ServerOptions): ServerContext {
  const limits = { ...defaultLimits, ...options.limits }
  const { queued } = limits
  const { imageUrls = "none" } = options
  const files = new FileStore(limits)
  return {
    models: options.models.map((model) => ({
      ...model,
      queue: new FairQueue({ concurrent: limits.concurrent ?? model.engine.concurrency ?? 1, queued }),
    })),
    embedders: (options.embedders ?? []).map((embedder) => ({
      ...embedder,
      queue: new FairQueue({ concurrent: 1, queued }),
    })),
    limits,
    created: Math.floor(Date.now() / 1000),
    isStopping: () => options.stopping?.aborted === true,
    files,
    imageSource: (owner) => ({
      file: (id) => files.get(owner, id).bytes,
      fetch: (address, signal) => fetchImage(address, { imageUrls, limits, signal }),
    }),
    report: (error, { method, path }) => options.onError?.(error, { method, path }),
  }
}
