import { expect, it } from "vitest"
import type { ModelFolder } from "./model-folder.ts"
import { readManifest } from "./read-manifest.ts"

function folder(config: object): ModelFolder {
  return {
    name: "folder",
    files: ["config.json"],
    read: async () => new TextEncoder().encode(JSON.stringify(config)),
    openWeights: () => Promise.reject(new Error("no weights")),
    related: async () => undefined,
  }
}

const manifest = (config: object) => readManifest(folder({ model_type: "llava", vision_config: {}, ...config }))

it.each([
  [undefined, undefined, false],
  [true, undefined, true],
  [undefined, true, true],
  [true, false, true],
  [false, true, true],
])("ties embeddings where either config says so, as transformers does: %j and %j", async (whole, text, tied) => {
  const { language } = await manifest({
    ...(whole !== undefined && { tie_word_embeddings: whole }),
    text_config: { model_type: "llama", ...(text !== undefined && { tie_word_embeddings: text }) },
  })
  expect(language["tie_word_embeddings"]).toBe(tied)
})

it("knows the image token by both of its names", async () => {
  expect((await manifest({ text_config: {} })).image?.imageTokenId).toBe(32000)
  expect((await manifest({ text_config: {}, image_token_index: 7 })).image?.imageTokenId).toBe(7)
  expect((await manifest({ text_config: {}, image_token_id: 8 })).image?.imageTokenId).toBe(8)
})
