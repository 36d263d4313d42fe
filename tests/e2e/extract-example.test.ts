import { expect, test } from "vitest"
import { extractExample } from "./extract-example.ts"

test("takes the first ts block and its output", () => {
  const readme =
    "# A\n```sh\nnpm i\n```\n<!-- example: gpu, reference -->\n```ts\nconst a = 1\n```\n\n```text\n1\n```\n```ts\nno\n```\n"
  expect(extractExample(readme)).toEqual({ code: "const a = 1\n", output: "1\n", needs: ["gpu", "reference"] })
})

test("an output belongs to the block right before it; without a ts block there is nothing", () => {
  expect(extractExample("```ts\na\n```\nThen\n```text\n1\n```\n")).toEqual({
    code: "a\n",
    output: undefined,
    needs: [],
  })
  expect(extractExample("# A\n")).toBeUndefined()
})
