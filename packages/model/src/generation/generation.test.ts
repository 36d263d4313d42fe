import { expect, it } from "vitest"
import { Generation, type GenerationPiece, type GenerationResult } from "./generation.ts"

const outcome: GenerationResult = {
  text: "ab",
  tokenIds: [1, 2],
  finishReason: "stop",
  usage: { promptTokens: 1, imageTokens: 0, generatedTokens: 2, cachedTokens: 0 },
  timings: { encodeMs: 0, prefillMs: 0, decodeMs: 0, tokensPerSecond: 0 },
}

const tick = () => new Promise((resolve) => setTimeout(resolve, 1))

it("gives pieces in order, then the result", async () => {
  const generation = new Generation(async (emit) => {
    emit({ text: "a", tokenId: 1 })
    await tick()
    emit({ text: "b", tokenId: 2 })
    return outcome
  })
  const pieces: GenerationPiece[] = []
  for await (const piece of generation) pieces.push(piece)
  expect(pieces.map((piece) => piece.text)).toEqual(["a", "b"])
  expect(await generation.result).toBe(outcome)
})

it("runs without a reader", async () => {
  const generation = new Generation(async () => outcome)
  expect(await generation.result).toBe(outcome)
})

it("rejects reader and result alike, after the pieces that came", async () => {
  const failure = new Error("lost")
  const generation = new Generation(async (emit) => {
    emit({ text: "a", tokenId: 1 })
    throw failure
  })
  const pieces: string[] = []
  const read = async () => {
    for await (const piece of generation) pieces.push(piece.text)
  }
  await expect(read()).rejects.toBe(failure)
  expect(pieces).toEqual(["a"])
  await expect(generation.result).rejects.toBe(failure)
})

it("stops the model when the reader leaves", async () => {
  let stopped = false
  const generation = new Generation(async (emit, signal) => {
    for (let tokenId = 0; ; tokenId++) {
      emit({ text: "x", tokenId })
      await tick()
      stopped = signal.aborted
      signal.throwIfAborted()
    }
  })
  for await (const piece of generation) if (piece.tokenId === 2) break
  await expect(generation.result).rejects.toThrow("The reader left.")
  expect(stopped).toBe(true)
})
