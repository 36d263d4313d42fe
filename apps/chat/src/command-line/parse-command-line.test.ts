import { expect, test } from "vitest"
import { parseCommandLine } from "./parse-command-line.ts"

const parse = (...argv: string[]) => parseCommandLine(argv).options

test("everything has its default", () => {
  expect(parse()).toEqual({
    image: [],
    part: [],
    stop: [],
    lines: false,
    ignoreEos: false,
    json: false,
    offline: false,
    verbose: false,
    dtype: "auto",
    maxNewTokens: 512,
    temperature: 0,
    topK: 0,
    topP: 1,
    minP: 0,
    repetitionPenalty: 1,
  })
})

test("repeated options keep their order", () => {
  const options = parse("--image", "b.jpg", "--part", "one.mjs", "--image=a.jpg", "--stop", "\n", "--stop", "END")
  expect(options).toMatchObject({ image: ["b.jpg", "a.jpg"], part: ["one.mjs"], stop: ["\n", "END"] })
})

test("numbers and words arrive as such", () => {
  const options = parse(
    ...["--model", "m", "--prompt", "-1?", "--max-new-tokens", "20", "--temperature", "0.7", "--top-k", "40"],
    ...["--top-p", ".9", "--min-p", "5e-2", "--repetition-penalty", "1.1", "--seed", "-3", "--dtype", "q4_0"],
    ...["--ignore-eos", "--json", "--template", "v1", "--revision", "main"],
  )
  expect(options).toMatchObject({
    model: "m",
    prompt: "-1?",
    maxNewTokens: 20,
    temperature: 0.7,
    topK: 40,
    topP: 0.9,
    minP: 0.05,
    repetitionPenalty: 1.1,
    seed: -3,
    dtype: "q4_0",
    ignoreEos: true,
    json: true,
    template: "v1",
    revision: "main",
  })
})

test.each([
  [["--max-new-tokens", "0"], /--max-new-tokens.*a whole number of at least 1/],
  [["--max-new-tokens", "1.5"], /a whole number/],
  [["--temperature", "-1"], /a number of at least 0/],
  [["--temperature", "warm"], /a number of at least 0/],
  [["--top-p", "1.01"], /a number from 0 to 1/],
  [["--repetition-penalty", "0"], /a number above 0/],
  [["--seed", ""], /a whole number/],
  [["--dtype", "int3"], /auto, f32, f16/],
  [["--promt", "x"], /Did you mean --prompt\?/],
  [["--prompt"], /argument missing/],
  [["photo.jpg"], /"photo\.jpg".*--image/],
])("%j is refused in one line", (argv, message) => {
  const refusal = () => parseCommandLine(argv)
  expect(refusal).toThrow(expect.objectContaining({ code: "command-line", message: expect.stringMatching(message) }))
  expect(refusal).toThrow(/^[^\n]*$/)
})

test("help is text to print, and names every option of the front door", () => {
  const { text } = parseCommandLine(["--help"])
  for (const name of ["image", "prompt", "model", "template", "tokenizer", "mmproj", "part", "adapter", "lines"]) {
    expect(text).toContain(`--${name} `)
  }
})
