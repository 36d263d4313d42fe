import { LlavaError } from "@llava/core"
import { openModel } from "@llava/hub"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { testDevice } from "#testing"
import { DamagedModels } from "./damaged-model.ts"
import { expectNames } from "./expect-names.ts"
import { mistakes } from "./mistakes.ts"

let models: DamagedModels
beforeAll(async () => {
  models = await DamagedModels.create()
})
afterAll(() => models[Symbol.asyncDispose]())

describe("a library's user gets one typed error", () => {
  test.each(Object.entries(mistakes))("%s", async (name, { code, names, make }) => {
    const { model, template = "v1", ...options } = await make(models, name)
    const device = await testDevice()
    const { liveBuffers } = device.memory
    const stated = template === "" ? {} : { template }
    const error = await openModel(model, { ...options, ...stated, device, offline: true, cacheDir: models.root }).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(LlavaError.isInstance(error), String(error)).toBe(true)
    expect(error).toMatchObject({ code, fix: expect.any(String) })
    expectNames((error as LlavaError).message, names)
    expect(device.memory.liveBuffers).toBe(liveBuffers)
  })
})
