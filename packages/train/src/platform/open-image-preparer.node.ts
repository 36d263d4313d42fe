import { availableParallelism } from "node:os"
import { Worker } from "node:worker_threads"
import { ImageError, preprocessImage } from "@llava/core"
import type { ImagePreparer } from "../data/image-preparer.ts"
import { TrainError } from "../train-error.ts"
import type { ImageJob, ImageOutcome } from "./image-job.ts"

interface Waiting extends PromiseWithResolvers<Float32Array<ArrayBuffer>> {
  readonly job: ImageJob
}

/** Decoding is fast beside training: more threads than these would take time from what records the GPU's work. */
const MOST_THREADS = 4

/** A few threads that prepare pictures, so that neither the GPU nor the recording of its work waits for them. */
export function openImagePreparer(): ImagePreparer {
  return new ThreadedPreparer()
}

class ThreadedPreparer implements ImagePreparer {
  readonly #most = Math.min(MOST_THREADS, Math.max(1, availableParallelism() - 1))
  readonly #busy = new Map<Worker, Waiting>()
  #idle: Worker[] = []
  readonly #queue: Waiting[] = []
  #closed = false
  /** Where threads cannot start (a bundle without their file), pictures are prepared here. */
  #inline = false

  prepare(...[path, spec, mode]: Parameters<ImagePreparer["prepare"]>): Promise<Float32Array<ArrayBuffer>> {
    if (this.#closed) return Promise.reject(closed())
    if (this.#inline) return preprocessImage(path, spec, mode)
    const waiting = { job: { path, spec, mode }, ...Promise.withResolvers<Float32Array<ArrayBuffer>>() }
    this.#queue.push(waiting)
    this.#assign()
    return waiting.promise
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    for (const { reject } of [...this.#queue, ...this.#busy.values()]) reject(closed())
    this.#queue.length = 0
    await Promise.all([...this.#idle, ...this.#busy.keys()].map((worker) => worker.terminate()))
  }

  #assign(): void {
    while (this.#queue.length > 0) {
      const worker = this.#idle.pop() ?? (this.#busy.size < this.#most ? this.#start() : undefined)
      if (!worker) return
      const waiting = this.#queue.shift()!
      this.#busy.set(worker, waiting)
      // A thread at work keeps the process alive, an idle one does not.
      worker.ref()
      worker.postMessage(waiting.job)
    }
  }

  #start(): Worker {
    const isSource = import.meta.url.endsWith(".ts")
    const worker = new Worker(new URL(`./prepare-images.node.${isSource ? "ts" : "js"}`, import.meta.url), {
      execArgv: isSource ? ["--conditions=@llava/source"] : [],
    })
    worker.on("message", (outcome: ImageOutcome) => {
      // A thread that is being ended must keep the process alive until it has ended.
      if (this.#closed) return
      const waiting = this.#busy.get(worker)
      this.#busy.delete(worker)
      worker.unref()
      this.#idle.push(worker)
      if ("pixels" in outcome) waiting?.resolve(outcome.pixels)
      else waiting?.reject(new ImageError(outcome.message, { code: outcome.code ?? "image-unreadable" }))
      this.#assign()
    })
    worker.on("error", () => this.#goInline(worker))
    return worker
  }

  /** A thread failed as a whole: what it had, and all that comes, is done here. */
  #goInline(worker: Worker): void {
    this.#inline = true
    const waiting = this.#busy.get(worker)
    this.#busy.delete(worker)
    this.#idle = this.#idle.filter((other) => other !== worker)
    for (const { job, resolve } of [...(waiting ? [waiting] : []), ...this.#queue.splice(0)]) {
      resolve(preprocessImage(job.path, job.spec, job.mode))
    }
  }
}

function closed(): TrainError {
  return new TrainError("Pictures were still being prepared when the run ended.", { code: "preparer-closed" })
}
