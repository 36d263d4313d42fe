import { setTimeout as sleep } from "node:timers/promises"
import type { ServedModel } from "@llava/server"
import { expect, test } from "vitest"
import { keepOpen } from "./keep-open.ts"

class Model implements AsyncDisposable {
  readonly #lost = Promise.withResolvers<GPUDeviceLostInfo>()
  readonly device = { gpu: { lost: this.#lost.promise } }
  closed = 0

  lose(): void {
    this.#lost.resolve({} as GPUDeviceLostInfo)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.closed++
    this.lose()
  }
}

/** Keeps a model open that can be opened again as the attempts say. */
function start(attempts: (Model | Error)[]) {
  const entry: Pick<ServedModel, "id" | "away"> = { id: "m" }
  const first = new Model()
  const used: Model[] = []
  let opened = 0
  const kept = keepOpen(first, {
    entry,
    async open() {
      const attempt = attempts[opened++]
      if (attempt instanceof Model) return attempt
      throw attempt
    },
    use: (model) => used.push(model),
    waits: [0, 0.01, 0.01],
  })
  return {
    ...{ entry, first, used, kept, opened: () => opened },
    [Symbol.asyncDispose]: () => kept[Symbol.asyncDispose](),
  }
}

test("a lost model is opened again, though not at once, and refused meanwhile", async () => {
  const second = new Model()
  const run = start([new Error("No adapter yet."), second])
  run.first.lose()
  await expect.poll(() => run.entry.away).toMatchObject({ retryAfterSeconds: 5 })
  await expect.poll(() => run.used).toEqual([second])
  expect(run.entry).toEqual({ id: "m" })
  await expect.poll(() => run.first.closed).toBe(1)
  await run.kept[Symbol.asyncDispose]()
  expect([run.first.closed, second.closed, run.opened()]).toEqual([1, 1, 2])
})

test("a model that cannot be opened again, or is lost again and again, is given up", async () => {
  const error = new Error("No adapter.")
  await using failing = start([error, error, error])
  failing.first.lose()
  const [second, third, fourth] = [new Model(), new Model(), new Model()]
  await using losing = start([second, third, fourth])
  for (const model of [losing.first, second, third, fourth]) model.lose()
  for (const { entry, opened } of [failing, losing]) {
    await expect.poll(() => entry.away).toEqual({ reason: expect.stringContaining("could not be opened again") })
    expect(opened()).toBe(3)
  }
})

test("closing is no loss", async () => {
  const run = start([])
  await run.kept[Symbol.asyncDispose]()
  await sleep(30)
  expect(run.entry).toEqual({ id: "m" })
  expect([run.first.closed, run.opened()]).toEqual([1, 0])
})
