import type { Template } from "@llava/core"
import {
  AttentionCache,
  AttentionPages,
  BatchEngine,
  composeLlava,
  DecoderStep,
  initialiseModule,
  type LanguageModel,
  languageModelHead,
} from "@llava/model"
import { add, type Device, Embedding, group, Linear, RmsNorm, type Tensor } from "@llava/tensor"
import { expect, it } from "vitest"
import { byteTokenizer, testDevice } from "#testing"

const sizes = { layers: 2, heads: 2, headSize: 16 }
const width = sizes.heads * sizes.headSize
const maxPositions = 128

/** Positions that are learned, and attention that writes keys and values into the cache itself. */
function smallDecoder(device: Device): LanguageModel {
  const words = new Embedding(260, width)
  const places = new Embedding(maxPositions, width)
  const linear = () => new Linear(width, width)
  const blocks = Array.from({ length: sizes.layers }, () =>
    group({ norm: new RmsNorm(width, 1e-5), query: linear(), key: linear(), value: linear(), out: linear() }),
  )
  const norm = new RmsNorm(width, 1e-5)
  const forward: LanguageModel["forward"] = (embeddings, options) => {
    using scope = device.scope()
    const step = new DecoderStep(embeddings, maxPositions, options)
    const [batch, tokens] = embeddings.shape as [number, number, number]
    let x = add(embeddings, places.forward(step.positions)) // [batch, tokens, width]
    for (const [layer, { norm, query, key, value, out }] of blocks.entries()) {
      const normed = norm.forward(x)
      const heads = (linear: Linear) => linear.forward(normed).reshape([batch, tokens, sizes.heads, sizes.headSize])
      const mixed = step.attend(layer, heads(query), heads(key), heads(value)) // [batch, tokens, heads, headSize]
      x = add(x, out.forward(mixed.reshape([batch, tokens, width])))
    }
    return scope.keep(norm.forward(x))
  }
  const createCache: LanguageModel["createCache"] = (options) => new AttentionCache(device, { ...sizes, ...options })
  const createPagedCache: LanguageModel["createPagedCache"] = (options) =>
    new AttentionPages(device, { ...sizes, ...options })
  const embed = (ids: Tensor) => words.forward(ids)
  const contract = { modelType: "small", hiddenSize: width, vocabSize: 260, maxPositions, embed, forward, createCache }
  return group({ ...contract, createPagedCache, ...languageModelHead(words.weight), words, places, blocks, norm })
}

/** Nothing around the last message. */
const template: Template = {
  name: "bare",
  stop: [],
  hasExamples: false,
  renderPrompt: (turns) => turns.at(-1)!.text,
  renderTraining: (turns) => turns.map(({ text }) => ({ text, learned: false })),
  addsSpecialTokens: () => false,
}

it("a decoder of one's own answers many at once as it would one", async () => {
  const device = await testDevice()
  const languageModel = smallDecoder(device)
  initialiseModule(languageModel, device, 1, (path) => (/words|places/.test(path) ? 0.1 : undefined))
  await using model = composeLlava({ device, languageModel, tokenizer: byteTokenizer(), template })
  const requests = ["a", "Some question.", "Some question, longer.", "x".repeat(50), "Some question."].map(
    (text, seed) => ({
      messages: [{ role: "user" as const, content: text }],
      ...{ maxNewTokens: 15, ignoreEndOfSequence: true, temperature: seed % 2, seed },
    }),
  )
  const alone = []
  for (const request of requests) alone.push((await model.generate(request).result).tokenIds)
  expect(new Set(alone.map(String)).size).toBeGreaterThan(3)
  using engine = new BatchEngine(model, { pageSize: 4, prefillTokens: 10 })
  const together = await Promise.all(requests.map((request) => engine.generate(request).result))
  expect(together.map(({ tokenIds }) => tokenIds)).toEqual(alone)
  expect(engine.statistics.sharedTokens).toBeGreaterThan(0)
})
