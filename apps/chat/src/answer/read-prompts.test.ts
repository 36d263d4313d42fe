import { expect, test } from "vitest"
import { readPrompt, readPromptLines } from "./read-prompts.ts"

async function* bytes(...chunks: (string | number[])[]) {
  for (const chunk of chunks) yield typeof chunk === "string" ? new TextEncoder().encode(chunk) : Uint8Array.from(chunk)
}

async function lines(...chunks: (string | number[])[]) {
  const found: string[] = []
  for await (const line of readPromptLines(bytes(...chunks))) found.push(line)
  return found
}

test("all of the input is one prompt, without the line breaks at its end", async () => {
  expect(await readPrompt(bytes("What is ", "this?\n"))).toBe("What is this?")
  expect(await readPrompt(bytes("\nfirst\r\nsecond \r\n\n"))).toBe("\nfirst\r\nsecond ")
  expect(await readPrompt(bytes())).toBe("")
  expect(await readPrompt(bytes("\n"))).toBe("")
})

test("a byte order mark is not part of the prompt", async () => {
  expect(await readPrompt(bytes([0xef, 0xbb, 0xbf], "a"))).toBe("a")
})

test("characters may be split between chunks", async () => {
  expect(await readPrompt(bytes([0xc3], [0xa9, 0xe2, 0x82], [0xac]))).toBe("é€")
})

test("one prompt per line, across chunks, without the empty ones", async () => {
  expect(await lines("one\ntw", "o\r\n\n", "  \nthree")).toEqual(["one", "two", "three"])
  expect(await lines("one\n")).toEqual(["one"])
  expect(await lines("")).toEqual([])
})

test("a line is handed out before the next one is there", async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  async function* slowly() {
    yield new TextEncoder().encode("first\n")
    await promise
    yield new TextEncoder().encode("second\n")
  }
  const prompts = readPromptLines(slowly())
  expect((await prompts.next()).value).toBe("first")
  resolve()
  expect((await prompts.next()).value).toBe("second")
})

test("what is not UTF-8 is refused", async () => {
  await expect(readPrompt(bytes([0xff, 0xd8, 0xff]))).rejects.toMatchObject({ code: "input-encoding" })
  await expect(lines("a\n", [0xc3])).rejects.toMatchObject({ code: "input-encoding" })
})
