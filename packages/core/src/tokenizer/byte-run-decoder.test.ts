import { describe, expect, it } from "vitest"
import { ByteRunDecoder } from "./byte-run-decoder.ts"
import type { ByteFallback } from "./tokenizer.ts"

/** Ids below 256 are bytes, others the letter "x". */
function pieces(broken: ByteFallback["broken"] | undefined, ids: readonly number[]): string[] {
  const decoder = new ByteRunDecoder(broken && { broken, isByte: (id) => id < 256 })
  const bytes = (id: number) => Uint8Array.of(id < 256 ? id : 0x78)
  return [...ids.map((id) => decoder.push(bytes(id), id)), decoder.flush()]
}

const cat = [0xe7, 0x8c, 0xab]

describe("ByteRunDecoder", () => {
  it("shows a character with its last byte, or with the end of the run", () => {
    expect(pieces(undefined, [...cat, 300])).toEqual(["", "", "猫", "x", ""])
    expect(pieces("each-byte", [...cat, 300])).toEqual(["", "", "猫", "x", ""])
    expect(pieces("whole-run", [...cat, 300])).toEqual(["", "", "", "猫x", ""])
  })

  // Of SentencePiece 0.2.3 (each-byte) and Hugging Face tokenizers 0.23.3 (whole-run).
  it.each([
    [[0xe7, 0x8c, 300], "��x", "��x"],
    [[0xe7, 0x57], "�W", "��"],
    [[...cat, 0xff, 300], "猫�x", "����x"],
    [[0xd5, 0x9b, 0xf2, 0xa1, 300, 0xd1], "՛��x�", "����x�"],
    [[0xc0, 0x80, 0xed, 0xa0, 0x80], "�����", "�����"],
    [[0xf0, 0x9f], "��", "��"],
  ])("tells broken bytes %j as others do", (ids, eachByte, wholeRun) => {
    expect(pieces("each-byte", ids).join("")).toBe(eachByte)
    expect(pieces("whole-run", ids).join("")).toBe(wholeRun)
  })

  it("makes one of what could have begun a character, in vocabularies of bytes", () => {
    expect(pieces(undefined, [0xf0, 0x9f, 300]).join("")).toBe("�x")
  })
})
