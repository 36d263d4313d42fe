import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { withReference } from "#testing"
import { judgePrompt } from "./judge-prompt.ts"

const options = {
  question: "What is it?",
  answers: ["A cup.", "A dog."] as const,
  rule: { role: "Assistant", prompt: "Please rate.\n1 to 10." },
}
const end =
  "[Question]\nWhat is it?\n\n[Assistant 1]\nA cup.\n\n[End of Assistant 1]\n\n[Assistant 2]\nA dog.\n\n[End of Assistant 2]\n\n[System]\nPlease rate.\n1 to 10.\n\n"

test("in the wild: the captions alone", () => {
  expect(judgePrompt({ ...options, context: { captions: ["A cup.", "On a table."] } })).toBe(
    `[Context]\nA cup.\nOn a table.\n\n${end}`,
  )
})

test("COCO: captions and boxes, numbers as Python writes them", () => {
  const instances = [
    { category: "cup", bbox: [0, 0.335, 0.409, 1] as [number, number, number, number] },
    { category: "dining table", bbox: [0.1, 0.2, 0.3, 0.4] as [number, number, number, number] },
  ]
  expect(judgePrompt({ ...options, context: { captions: ["A cup."], instances } })).toBe(
    `[Context]\nA cup.\n\ncup: [0.0, 0.335, 0.409, 1.0]\ndining table: [0.1, 0.2, 0.3, 0.4]\n\n${end}`,
  )
})

test("with the published rules", (context) => {
  const path = join(withReference(context, "data/llava-bench-wild"), "rule.json")
  const rules = JSON.parse(readFileSync(path, "utf8"))
  for (const name of ["llava_bench_conv", "llava_bench_detail", "llava_bench_complex", "conv", "detail", "complex"]) {
    const prompt = judgePrompt({ ...options, rule: rules[name], context: { captions: [] } })
    expect(prompt.endsWith(`[System]\n${rules[name].prompt}\n\n`)).toBe(true)
  }
})
