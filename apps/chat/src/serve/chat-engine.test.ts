import { ImageDomain, type Llava } from "@llava/model"
import { expect, test } from "vitest"
import { ChatEngine } from "./chat-engine.ts"

const options = { signal: new AbortController().signal }
const picture = (brightness: number) => ({
  type: "image" as const,
  image: { width: 1, height: 1, data: new Uint8Array(3).fill(brightness) },
})

/** Bright pictures are strange to it. */
function engine(): ChatEngine {
  const imageDomain = new ImageDomain({
    ...{ description: "dark pictures", limit: 1 },
    ...{ mean: Float32Array.of(0), precision: Float32Array.of(1) },
  })
  const model = {
    context: {},
    languageModel: { maxPositions: 8 },
    options: { imageDomain },
    imageDistance: async ({ data }: { data: Uint8Array }) => data[0]! / 100,
  }
  return new ChatEngine(model as unknown as Llava)
}

test.each([
  ["one that is strange", [picture(200)], [/^This model only knows dark pictures;/]],
  ["one that is not", [picture(20)], []],
  ["the second of two", [picture(20), { type: "text" as const, text: "or" }, picture(200)], [/^Picture 2: This model/]],
  ["no picture", "What?", []],
])("remarks on a message with %s", async (_, content, remarks) => {
  const found = await engine().remarksOn({ role: "user", content }, options)
  expect(found).toEqual(remarks.map((remark) => expect.stringMatching(remark)))
})
