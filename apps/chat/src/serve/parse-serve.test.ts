import { expect, test } from "vitest"
import { parseServe } from "./parse-serve.ts"
import { serverOptions } from "./server-options.ts"

const parse = (...argv: string[]) => parseServe(argv).options!

test("on this machine alone, at any free port, unless told otherwise", () => {
  expect(parse("--model", "m")).toMatchObject({ model: ["m"], host: "127.0.0.1", port: 0, page: true, apiKey: [] })
  const options = parse("--model", "a", "--model", "b", "--port", "8000", "--host", "0.0.0.0", "--no-page")
  expect(options).toMatchObject({ model: ["a", "b"], port: 8000, host: "0.0.0.0", page: false })
})

test.each([
  [["--port", "70000"], /a whole number from 0 to 65535/],
  [["--max-concurrent", "0"], /a whole number of at least 1/],
  [["--modle", "x"], /Did you mean --model\?/],
  [["--image-urls", "all"], /none, public/],
  [["folder"], /too many arguments/i],
])("%j is refused in one line", (argv, message) => {
  expect(() => parseServe(argv)).toThrow(expect.objectContaining({ code: "command-line" }))
  expect(() => parseServe(argv)).toThrow(message)
  expect(() => parseServe(argv)).toThrow(/^[^\n]*$/)
})

test("help is text to print", () => {
  expect(parseServe(["--help"]).text).toContain("--max-concurrent")
})

test.each<[args: string[], imageUrls: string]>([
  [[], "public"],
  [["--host", "localhost"], "public"],
  [["--host", "127.0.0.5"], "public"],
  [["--host", "0.0.0.0"], "none"],
  [["--host", "192.168.0.2"], "none"],
  [["--host", "::"], "none"],
  [["--host", "0.0.0.0", "--image-urls", "public"], "public"],
  [["--image-urls", "none"], "none"],
  [["--host", "0.0.0.0", "--allow-private-urls"], "any"],
])("with %j images are fetched from: %s", (args, imageUrls) => {
  expect(serverOptions(parse("--model", "m", ...args), undefined)).toMatchObject({ imageUrls })
})

test("keys come from the command line and the environment", () => {
  const options = parse("--model", "m", "--api-key", "a", "--api-key", "b", "--max-queued", "0", "--max-tokens", "9")
  expect(serverOptions(options, "c")).toMatchObject({ apiKeys: ["a", "b", "c"], limits: { queued: 0, tokens: 9 } })
  expect(serverOptions(options, "")).toMatchObject({ apiKeys: ["a", "b"] })
})

test("without any model it is nano; a CLIP for embeddings may stand alone", () => {
  expect(parse()).toMatchObject({ model: ["nano"] })
  expect(parse("--embeddings", "clip")).toMatchObject({ model: [], embeddings: ["clip"] })
})
