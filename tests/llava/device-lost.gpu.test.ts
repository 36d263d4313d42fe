import { loadLlava } from "@llava/model"
import { openDevice } from "@llava/tensor"
import { expect, it } from "vitest"
import { fixturePath } from "#testing"
import { parts, picture } from "./open-golden.ts"

it("a device lost in the middle of an answer is a typed error, of this answer and the next", async () => {
  await using device = await openDevice()
  const folder = fixturePath("llava-original-mlp", "model")
  const model = await loadLlava(folder, { parts, template: "v1", device })
  const messages = [
    {
      role: "user" as const,
      content: [
        { type: "image" as const, image: picture },
        { type: "text" as const, text: "What is this?" },
      ],
    },
  ]
  const options = { messages, maxNewTokens: 200, ignoreEndOfSequence: true }
  const lost = { name: "DeviceLostError", code: "device-lost", fix: expect.stringContaining("Open a new device") }
  const reply = model.generate(options)
  const reading = (async () => {
    for await (const _ of reply) device.gpu.destroy()
  })()
  await expect(reading).rejects.toMatchObject(lost)
  await expect(reply.result).rejects.toMatchObject(lost)
  await expect(model.generate(options).result).rejects.toMatchObject(lost)
})
