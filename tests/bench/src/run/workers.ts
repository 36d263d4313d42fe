import type { ContestantName } from "../contestants/contestant-names.ts"
import type { Worker } from "./worker.ts"

/** The contestants' workers: each is started when it is first wanted, and one that does not start is not tried again. */
export class Workers implements AsyncDisposable {
  readonly #start: (name: ContestantName) => Promise<Worker>
  readonly #started = new Map<ContestantName, Promise<Worker>>()

  constructor(start: (name: ContestantName) => Promise<Worker>) {
    this.#start = start
  }

  /** @throws why it does not start, each time it is asked for */
  get(name: ContestantName): Promise<Worker> {
    const started = this.#started.get(name) ?? this.#start(name)
    this.#started.set(name, started)
    return started
  }

  /** Ends a worker that failed; it is started anew when wanted again. */
  async drop(name: ContestantName): Promise<void> {
    const worker = await this.#started.get(name)
    this.#started.delete(name)
    await worker?.[Symbol.asyncDispose]()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const result of await Promise.allSettled(this.#started.values())) {
      if (result.status === "fulfilled") await result.value[Symbol.asyncDispose]()
    }
  }
}
