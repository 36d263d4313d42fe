import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { withReference } from "#testing"
import { readFixture } from "../testing/read-fixture.ts"
import { buildExample } from "./build-example.ts"
import { fewShotMessages } from "./few-shot.ts"
import { judgeMessages } from "./judge-messages.ts"
import { parseProblems } from "./parse-problems.ts"
import { promptFormats } from "./prompt-format.ts"
import { toTrainingSample } from "./to-training-sample.ts"

const expected = JSON.parse(readFixture("scienceqa/prompts.json"))
const problems = parseProblems(JSON.stringify(expected.problems), "prompts.json")

test.each(promptFormats.filter((format) => format !== "v1.5"))("%s is what the original script writes", (format) => {
  for (const [id, problem] of problems) {
    const { input, output } = buildExample(problem, format)
    expect([input, output], id).toEqual(expected.examples[format][id])
  }
})

test("the messages to a text-only model are the original's", () => {
  const [first, second, third] = ["1", "2", "3"].map((id) => problems.get(id)!)
  expect(fewShotMessages([first!, second!], third!, "QCM-ALE")).toEqual(expected.chat)
})

test("a training sample has its image last, or first, and none where the problem has none", () => {
  const { input, output } = buildExample(problems.get("1")!, "QCM-LEA")
  expect(toTrainingSample("1", problems.get("1")!, { format: "QCM-LEA" })).toEqual({
    id: "1",
    image: "1/image.png",
    conversations: [
      { from: "human", value: `${input}\n<image>` },
      { from: "gpt", value: output },
    ],
  })
  const first = toTrainingSample("1", problems.get("1")!, { format: "QCM-LEA", image: "first" })
  expect(first.conversations[0]?.value).toBe(`<image>\n${input}`)
  const none = toTrainingSample("2", problems.get("2")!, { format: "QCM-LEA" })
  expect(none).not.toHaveProperty("image")
  expect(none.conversations[0]?.value).not.toContain("<image>")
})

test("v1.5 is the layout of LLaVA-1.5's published evaluation file", (context) => {
  const folder = withReference(context, "data/scienceqa")
  const read = (name: string) => readFileSync(join(folder, name), "utf8")
  const all = parseProblems(read("problems_test.json"), "problems_test.json")
  const published = JSON.parse(read("llava_test_CQM-A.json")) as { id: string; conversations: { value: string }[] }[]
  const same = published.filter(({ id, conversations }) => {
    const own = toTrainingSample(id, all.get(id)!, { format: "v1.5" })
    return own.conversations.every(({ value }, index) => value === conversations[index]?.value)
  })
  expect(published).toHaveLength(4241)
  expect(same).toHaveLength(4241)
})

test("the judge is shown the problem and both outcomes", () => {
  const problem = problems.get("1")!
  const [system, user, ...rest] = judgeMessages(problem, { own: "A. Ohio\n", other: "The answer is B." }, "QCM-ALE")
  expect(rest).toEqual([])
  expect(system).toEqual({ role: "system", content: "You are a helpful assistant." })
  for (const part of [
    problem.choices[0]!,
    "your own:\nA. Ohio\n\n",
    "sees the image:\nThe answer is B.",
    "The answer is X.",
  ]) {
    expect(user!.content).toContain(part)
  }
})
