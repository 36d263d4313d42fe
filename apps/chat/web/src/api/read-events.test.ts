import { expect, test } from "vitest"
import { readEvents } from "./read-events.ts"

function stream(...chunks: (string | Uint8Array<ArrayBuffer>)[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  const bytes = chunks.map((chunk) => (typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk))
  return ReadableStream.from(bytes)
}
const events = (...chunks: Parameters<typeof stream>) => Array.fromAsync(readEvents(stream(...chunks)))

test("events come whole wherever they are cut", async () => {
  const text = 'data: {"a":1}\n\ndata: [DONE]\n\n'
  for (let at = 0; at <= text.length; at++) {
    expect(await events(text.slice(0, at), text.slice(at))).toEqual(['{"a":1}', "[DONE]"])
  }
})

test("every line end, comments, other fields and data of several lines", async () => {
  expect(await events(": hello\r\n\r\nevent: x\r\ndata: a\r\ndata:b\r\n\r\n")).toEqual(["a\nb"])
  expect(await events("data: a\r\r", "data: b\r\r\n")).toEqual(["a", "b"])
  expect(await events("data: a\r", "\ndata: b\r\n", "\r\n")).toEqual(["a\nb"])
  expect(await events("data:\n\n", "data: cut off")).toEqual([""])
})

test("a character whose bytes come apart", async () => {
  const bytes = new TextEncoder().encode("data: é\n\n")
  expect(await events(bytes.slice(0, 7), bytes.slice(7))).toEqual(["é"])
})
