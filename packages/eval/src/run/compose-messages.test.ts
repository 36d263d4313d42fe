import { expect, test } from "vitest"
import { chooseShots } from "./choose-shots.ts"
import { composeMessages } from "./compose-messages.ts"
import type { EvaluationQuestion } from "./evaluation-question.ts"
import { tasks } from "./tasks.ts"

const question: EvaluationQuestion = { id: 1, image: "a.jpg", text: "What colour?" }
const examples: EvaluationQuestion[] = [
  question,
  { id: 2, image: "b.jpg", text: "How many?", answers: ["two", "3", "3"] },
  { id: 3, image: "a.jpg", text: "Of the same image", answers: ["no"] },
  { id: 4, image: "c.jpg", text: "Without an answer" },
  { id: 5, image: "d.jpg", text: "Where?", answers: ["here"] },
]
const image = (name: string) => ({ type: "image", image: name })
const text = (content: string) => ({ type: "text", text: content })

test("the image, the question, and the instruction on a line of its own, once", () => {
  const { instruction } = tasks.vqa
  const { messages, prompt } = composeMessages(question, { instruction, imagePath: (name) => `/data/${name}` })
  expect(prompt).toBe("What colour?\nAnswer the question using a single word or phrase.")
  expect(messages).toEqual([{ role: "user", content: [image("/data/a.jpg"), text(prompt)] }])
  expect(composeMessages({ ...question, text: prompt }, { instruction }).prompt).toBe(prompt)
})

test("an image that stands last, and a question without one", () => {
  const last = composeMessages(question, { imagePlace: "last" })
  expect(last.messages).toEqual([{ role: "user", content: [text("What colour?"), image("a.jpg")] }])
  expect(composeMessages({ id: 1, text: "Why?" }).messages).toEqual([{ role: "user", content: [text("Why?")] }])
})

test.each([0, 1, 2])("%i shots are drawn from examples with answers about other images", (count) => {
  const shots = chooseShots(question, { examples, count, seed: 3 })
  expect(shots).toHaveLength(count)
  for (const { question: shown, answer } of shots) expect(answer).toBe(shown.id === 2 ? "3" : "here")
  expect(chooseShots(question, { examples, count, seed: 3 })).toEqual(shots)
  const { messages } = composeMessages(question, { shots })
  expect(messages.map(({ role }) => role)).toEqual([...shots.flatMap(() => ["user", "assistant"]), "user"])
})

test("different seeds and questions draw differently, and too few examples are refused", () => {
  const many = Array.from({ length: 50 }, (_, id) => ({ id: `e${id}`, text: "?", answers: ["!"] }))
  const draw = (id: number, seed: number) =>
    chooseShots({ id, text: "?" }, { examples: many, count: 4, seed }).map((shot) => shot.question.id)
  expect(new Set(draw(1, 0)).size).toBe(4)
  expect(draw(1, 0)).not.toEqual(draw(2, 0))
  expect(draw(1, 0)).not.toEqual(draw(1, 1))
  expect(() => chooseShots(question, { examples, count: 3, seed: 0 })).toThrow(/question 1: There are 2 examples/)
})

test("running text, as models without tuning are shown examples", () => {
  const shots = [{ question: examples[1]!, answer: "3" }]
  const vqa = composeMessages(question, { shots, shotStyle: "text", labels: tasks.vqa.labels })
  expect(vqa.messages).toEqual([
    {
      role: "user",
      content: [image("b.jpg"), text("Q: How many?\nA: 3\n"), image("a.jpg"), text("Q: What colour?\nA:")],
    },
  ])
  const captions = composeMessages(question, { shots, shotStyle: "text", labels: tasks.captions.labels })
  expect(captions.messages[0]!.content).toEqual([
    ...[image("b.jpg"), text("Caption: 3\n")],
    ...[image("a.jpg"), text("Caption:")],
  ])
})
