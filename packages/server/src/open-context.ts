import { ApiError } from "./error/api-error.ts"
import { FileStore } from "./files/file-store.ts"
import { fetchImage } from "./images/fetch-image.ts"
import { ServerMetrics } from "./metrics/server-metrics.ts"
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
  const queues = new WeakMap<object, FairQueue>()
  /** Of one engine or embedder, from when it is first asked for. */
  const queueOf = (worker: object, concurrent: number) => {
    const queue = queues.get(worker) ?? new FairQueue({ concurrent, queued })
    queues.set(worker, queue)
    return queue
  }
  const models = () =>
    options.models.map((model) => {
      const { engine } = model
      return { ...model, queue: queueOf(engine, limits.concurrent ?? engine.concurrency ?? 1) }
    })
  const embedders = () =>
    (options.embedders ?? []).map((embedder) => ({ ...embedder, queue: queueOf(embedder.embedder, 1) }))
  const isStopping = () => options.stopping?.aborted === true
  return {
    get models() {
      return models()
    },
    get embedders() {
      return embedders()
    },
    limits,
    created: Math.floor(Date.now() / 1000),
    isStopping,
    refuseWhenStopping() {
      if (!isStopping()) return
      throw new ApiError("The server is stopping.", { status: 503, code: "stopping", fix: "Ask again in a while." })
    },
    metrics: new ServerMetrics(() => [...models(), ...embedders()]),
    files,
    imageSource: (owner) => ({
      file: (id) => files.get(owner, id).bytes,
      fetch: (address, signal) => fetchImage(address, { imageUrls, limits, signal }),
    }),
    report: (error, { method, path }) => options.onError?.(error, { method, path }),
  }
}
