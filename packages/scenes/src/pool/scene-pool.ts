import { Worker } from "node:worker_threads"
import type { DrawnScene } from "../drawing/draw-scene.ts"
import { ScenesError } from "../scenes-error.ts"
import type { FinishedScene, SceneJob, SceneOutcome, ThreadData } from "./scene-job.ts"

interface Waiting extends PromiseWithResolvers<FinishedScene[]> {
  readonly job: SceneJob
}

/** Scenes in one message to a thread: few enough that all threads have work, many enough that messages do not count. */
const jobLength = 16

/** Draws scenes in threads; what comes back is the same as from `drawScene`. */
export class ScenePool implements AsyncDisposable {
  readonly #data: ThreadData
  readonly #threads: number
  readonly #queue: Waiting[] = []
  readonly #busy = new Map<Worker, Waiting>()
  readonly #idle: Worker[] = []
  #closed = false

  constructor(data: ThreadData, threads: number) {
    this.#data = data
    this.#threads = threads
  }

  /** The scenes of these seeds, drawn, in their order. @throws ScenesError `pool-closed`, `thread-failed` */
  async draw(seeds: readonly number[]): Promise<DrawnScene[]> {
    const size = this.#data.world.imageSize
    const scenes = await this.#finish(seeds, false)
    return scenes.map(({ data, boxes }) => ({ image: { width: size, height: size, data }, boxes }))
  }

  /** The same with the pictures as PNG files. */
  async drawPng(seeds: readonly number[]): Promise<{ png: Uint8Array; boxes: DrawnScene["boxes"] }[]> {
    const scenes = await this.#finish(seeds, true)
    return scenes.map(({ data, boxes }) => ({ png: data, boxes }))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    this.#fail(closed())
    await Promise.all([...this.#idle, ...this.#busy.keys()].map((worker) => worker.terminate()))
  }

  async #finish(seeds: readonly number[], png: boolean): Promise<FinishedScene[]> {
    if (this.#closed) throw closed()
    const parts: Promise<FinishedScene[]>[] = []
    for (let from = 0; from < seeds.length; from += jobLength) {
      const waiting = {
        job: { seeds: seeds.slice(from, from + jobLength), png },
        ...Promise.withResolvers<FinishedScene[]>(),
      }
      this.#queue.push(waiting)
      parts.push(waiting.promise)
    }
    this.#assign()
    return (await Promise.all(parts)).flat()
  }

  #assign(): void {
    while (this.#queue.length > 0) {
      const worker = this.#idle.pop() ?? (this.#busy.size < this.#threads ? this.#start() : undefined)
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
    const worker = new Worker(new URL(`./scene-worker.${isSource ? "ts" : "js"}`, import.meta.url), {
      workerData: this.#data,
      execArgv: isSource ? ["--conditions=@llava/source"] : [],
    })
    worker.on("message", (outcome: SceneOutcome) => {
      // A thread that is being ended must keep the process alive until it has ended.
      if (this.#closed) return
      const waiting = this.#busy.get(worker)
      this.#busy.delete(worker)
      worker.unref()
      this.#idle.push(worker)
      if ("scenes" in outcome) waiting?.resolve(outcome.scenes)
      else waiting?.reject(outcome.error)
      this.#assign()
    })
    worker.on("error", (cause) => {
      const waiting = this.#busy.get(worker)
      this.#busy.delete(worker)
      const failure = new ScenesError(`A thread that draws scenes failed: ${cause.message}.`, {
        code: "thread-failed",
        cause,
      })
      waiting?.reject(failure)
      this.#fail(failure)
    })
    return worker
  }

  #fail(error: ScenesError): void {
    for (const { reject } of [...this.#queue.splice(0), ...this.#busy.values()]) reject(error)
  }
}

function closed(): ScenesError {
  return new ScenesError("The pool was closed while scenes were still asked for.", {
    code: "pool-closed",
    fix: "Keep it open until they have come.",
  })
}
