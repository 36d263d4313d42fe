import { describe, expect, it } from "vitest"
import { byteTokenizer } from "#testing"
import { StreamDecoder } from "./stream-decoder.ts"

describe("StreamDecoder", () => {
  const tokenizer = byteTokenizer({ prefixSpace: true })
  const stream = (ids: number[]) => {
    const decoder = new StreamDecoder(tokenizer)
    return [...ids.map((id) => decoder.push(id)), decoder.flush()]
  }

  it("never emits half a character, and adds up to decode", () => {
    const text = "é東🙂 \uFEFFok"
    const ids = tokenizer.encode(text)
    const pieces = stream(ids)
    expect(pieces.every((piece) => !piece.includes("\uFFFD"))).toBe(true)
    expect(pieces.join("")).toBe(text)
    expect(pieces.join("")).toBe(tokenizer.decode(ids))
  })

  it("drops one space in front and skips special tokens", () => {
    expect(stream([256, 32, 32, 97, 257, 32, 98]).join("")).toBe(" a b")
  })

  it("shows broken characters as U+FFFD", () => {
    expect(stream([0xff, 97]).join("")).toBe("\uFFFDa")
    expect(stream([97, 0xf0, 0x9f]).join("")).toBe("a\uFFFD")
  })
})
