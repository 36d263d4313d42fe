import type { Llava } from "@llava/model"
import { expect, test } from "vitest"
import { answerByHand } from "./answer-by-hand.ts"
import type { HandQuestion } from "./hand-question.ts"

test("a line that follows goes on with the conversation; a judgement stays with its answer", async () => {
  const asked: string[] = []
  const generate = (({ messages }: Parameters<Llava["generate"]>[0]) => {
    asked.push(JSON.stringify(messages))
    return { result: Promise.resolve({ text: ` answer ${asked.length} ` }) }
  }) as Llava["generate"]
  const questions: HandQuestion[] = [
    { scene: "a.png", question: "what is it", answer: "answer 1", sensible: true, why: "it is" },
    { scene: "a.png", question: "and left of it", follows: true, answer: "another", sensible: true },
    { scene: "b.png", question: "hi" },
  ]
  const options = { sceneFile: (scene: string) => `scenes/${scene}`, signal: new AbortController().signal }
  const answered: HandQuestion[] = []
  for await (const line of answerByHand({ generate }, questions, options)) answered.push(line)
  expect(answered).toEqual([
    { ...questions[0] },
    { scene: "a.png", question: "and left of it", follows: true, answer: "answer 2" },
    { scene: "b.png", question: "hi", answer: "answer 3" },
  ])
  expect(asked[1]).toContain("scenes/a.png")
  expect(asked[1]).toContain("answer 1")
  expect(asked[2]).not.toContain("answer")
  expect(asked[2]).toContain("scenes/b.png")
})
