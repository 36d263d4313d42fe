import { expect, test } from "vitest"
import { readOptions } from "./read-options.mjs"

test("takes --adapter out and leaves the rest to the program", () => {
  const { args, adapter, source } = readOptions(["--image", "a.jpg", "--adapter", "lavapipe", "--json"], {})
  expect(args).toEqual(["--image", "a.jpg", "--json"])
  expect([adapter, source]).toEqual(["lavapipe", "--adapter"])
  expect(readOptions(["--adapter=swiftshader"], {})).toMatchObject({ args: [], adapter: "swiftshader" })
})

test("reads the environment where there is no flag; the flag wins", () => {
  expect(readOptions([], { LLAVA_ADAPTER: "hardware" })).toMatchObject({ adapter: "hardware", source: "LLAVA_ADAPTER" })
  expect(readOptions(["--adapter", "lavapipe"], { LLAVA_ADAPTER: "hardware" }).adapter).toBe("lavapipe")
  expect(readOptions([], { LLAVA_ADAPTER: "" }).adapter).toBeUndefined()
})

test("leaves what follows a lone -- alone", () => {
  expect(readOptions(["--", "--adapter", "x"], {})).toMatchObject({
    args: ["--", "--adapter", "x"],
    adapter: undefined,
  })
})

test("refuses an adapter it does not know, naming where it was asked for", () => {
  expect(() => readOptions(["--adapter", "cuda"], {})).toThrow(
    /--adapter takes hardware, lavapipe, swiftshader; got "cuda"/,
  )
  expect(() => readOptions(["--adapter"], {})).toThrow(/got ""/)
  expect(() => readOptions([], { LLAVA_ADAPTER: "gpu" })).toThrow(/^LLAVA_ADAPTER takes/)
})
