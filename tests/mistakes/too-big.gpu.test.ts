import { openModel } from "@llava/hub"
import { expect, test } from "vitest"
import { fixturePath, limitedDevice } from "#testing"

const model = fixturePath("llava-original-mlp/model")

test("a model that does not fit the adapter is refused before anything is read, naming tensor and limit", async () => {
  const device = await limitedDevice({ maxStorageBufferBindingSize: 2048 })
  const read: number[] = []
  const opening = openModel(model, {
    device,
    template: "v1",
    onProgress: ({ loadedBytes }) => read.push(loadedBytes),
  })
  await expect(opening).rejects.toMatchObject({
    code: "limit-exceeded",
    message: expect.stringMatching(/^'\S+\.weight' \[\d+,\d+\] .*maxStorageBufferBindingSize \(2048\) of /),
    fix: expect.stringMatching(/dtype|GPU/),
  })
  expect(read).toEqual([])
  expect(device.memory.liveBuffers).toBe(0)
})
