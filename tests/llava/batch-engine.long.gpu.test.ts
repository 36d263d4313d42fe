import { BatchEngine } from "@llava/model"
import { expect, it } from "vitest"
import { openGolden, otherPicture, picture } from "./open-golden.ts"

const REQUESTS = 2000

it(`memory is flat over ${REQUESTS} requests, some of which are aborted`, { timeout: 1_800_000 }, async () => {
  await using model = await openGolden()
  using engine = new BatchEngine(model, { maxConcurrent: 32 })
  const seen: { liveBuffers: number; liveBytes: number; peakBytes: number }[] = []
  for (let first = 0; first < REQUESTS; first += 100) {
    await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const number = first + index
        const image =
          number % 50 === 0 ? [{ type: "image" as const, image: number % 100 === 0 ? picture : otherPicture }] : []
        const reply = engine.generate({
          messages: [{ role: "user", content: [...image, { type: "text", text: `${number}` }] }],
          maxNewTokens: 1 + (number % 4),
          temperature: number % 2,
          seed: number,
        })
        if (number % 10 === 3) for await (const _ of reply) break
        await reply.result.catch((error: Error) => expect(error.name).toBe("AbortError"))
      }),
    )
    expect(engine.statistics).toMatchObject({ active: 0, waiting: 0, pages: { used: 0 } })
    const { liveBuffers, liveBytes, peakBytes } = model.device.memory
    seen.push({ liveBuffers, liveBytes, peakBytes })
  }
  // The first rounds find out how many buffers a step of each size needs.
  const [settled] = seen.slice(5)
  const last = seen.at(-1)!
  expect(last.liveBuffers).toBe(settled!.liveBuffers)
  expect(last.liveBytes).toBe(settled!.liveBytes)
  expect(last.peakBytes).toBeLessThanOrEqual(settled!.peakBytes * 1.05)
})
