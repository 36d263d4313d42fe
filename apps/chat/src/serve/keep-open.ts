import { once } from "node:events"
import { setTimeout as sleep } from "node:timers/promises"
import { describeError } from "@llava/app-common"
import type { ServedModel } from "@llava/server"
import type { Device } from "@llava/tensor"
import { tell } from "../output/tell.ts"

/** Seconds to wait before each attempt to open a model again. */
const WAITS = [0, 2, 10]
/** A model that stayed open for so many seconds has all attempts again. */
const STEADY = 60

export interface KeepOpenOptions<M> {
  /** What is served with the model: requests are refused while it is away. */
  entry: Pick<ServedModel, "id" | "away">
  open: () => Promise<M>
  /** Serves a model in place of the one that was lost. */
  use: (model: M) => void
  waits?: readonly number[]
}

/**
 * Opens a model again when its GPU is lost, as with a driver that starts anew; after the last attempt in vain the server
 * goes on without it. Disposing closes the model that is open then.
 */
export function keepOpen<
  M extends AsyncDisposable & { readonly device: { readonly gpu: Pick<Device["gpu"], "lost"> } },
>(first: M, { entry, open, use, waits = WAITS }: KeepOpenOptions<M>): AsyncDisposable {
  const closing = new AbortController()
  const { signal } = closing
  const closed = once(signal, "abort")
  let model = first

  async function watch(): Promise<void> {
    for (let attempts = 0; ; ) {
      const start = performance.now()
      await Promise.race([model.device.gpu.lost, closed])
      if (signal.aborted) return
      if (performance.now() - start > STEADY * 1000) attempts = 0
      tell(`${entry.id}: the GPU was lost; the model is opened again.`)
      entry.away = { reason: "The GPU was lost; the model is being opened again.", retryAfterSeconds: 5 }
      let next: M | undefined
      for (; !next && attempts < waits.length; attempts++) {
        await sleep(waits[attempts]! * 1000, undefined, { signal })
        next = await open().catch((error: unknown) => {
          tell(`${entry.id} cannot be opened: ${describeError(error, false)}`)
          return undefined
        })
      }
      if (!next) return giveUp()
      const lost = model
      model = next
      if (signal.aborted) return lost[Symbol.asyncDispose]()
      use(next)
      delete entry.away
      tell(`${entry.id} is ready again.`)
      await lost[Symbol.asyncDispose]()
    }
  }

  function giveUp(): void {
    tell(`${entry.id} is given up: the GPU was lost, and the model could not be opened again.`)
    entry.away = { reason: "The GPU was lost, and the model could not be opened again; the server must be restarted." }
  }

  const watching = watch().catch((error: unknown) => {
    if (signal.aborted) return
    tell(`${entry.id}: ${describeError(error, true)}`)
    giveUp()
  })
  return {
    async [Symbol.asyncDispose]() {
      closing.abort()
      await watching
      await model[Symbol.asyncDispose]()
    },
  }
}
