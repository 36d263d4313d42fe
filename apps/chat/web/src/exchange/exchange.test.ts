import { parseTrainingSamples } from "@llava/core"
import { expect, test } from "vitest"
import type { Turn } from "../conversation/conversation.ts"
import { sampleOf } from "./sample-of.ts"
import { turnsOf } from "./turns-of.ts"

const turn = (id: string, role: Turn["role"], text: string, pictures: string[] = []): Turn => ({
  id,
  parent: null,
  role,
  text,
  pictures,
})
const pictures = new Map([
  ["p1", { name: "cat.png", url: "data:image/png;base64,AAAA" }],
  ["p2", { name: "dog.png", url: "data:image/png;base64,BBBB" }],
])
const conversation = { id: "c", title: "What?" }

test("a conversation is a sample that LLaVA's readers take", () => {
  const path = [
    turn("q1", "user", "What are these?", ["p1", "p2"]),
    turn("a1", "assistant", "A cat and a dog."),
    turn("q2", "user", "Sure?"),
    turn("a2", "assistant", "Yes."),
  ]
  const [sample] = parseTrainingSamples(JSON.stringify([sampleOf(conversation, path, pictures)]), "export.json")
  expect(sample).toMatchObject({
    id: "c",
    image: ["cat.png", "dog.png"],
    conversations: [
      { from: "human", value: "<image>\n<image>\nWhat are these?" },
      { from: "gpt", value: "A cat and a dog." },
      { from: "human", value: "Sure?" },
      { from: "gpt", value: "Yes." },
    ],
  })
  const back = turnsOf(sample!, ["p1", "p2"])
  expect(back.map(({ role, text, pictures }) => ({ role, text, pictures }))).toEqual(
    path.map(({ role, text, pictures }) => ({ role, text, pictures })),
  )
  expect(back.map(({ parent }) => parent)).toEqual([null, ...back.slice(0, 3).map(({ id }) => id)])
})

test("questions without an answer and pictures that are gone are left out", () => {
  const path = [
    turn("q1", "user", "One?", ["gone"]),
    turn("a1", "assistant", ""),
    turn("q2", "user", "Two?", ["p1", "gone"]),
    turn("a2", "assistant", "A cat."),
  ]
  expect(sampleOf(conversation, path, pictures)).toMatchObject({
    image: "cat.png",
    conversations: [
      { from: "human", value: "<image>\nTwo?" },
      { from: "gpt", value: "A cat." },
    ],
  })
})

test("published samples have the picture before or after the question; a missing one leaves the text", () => {
  const conversations = [
    { from: "human" as const, value: "What is this?\n<image>" },
    { from: "gpt" as const, value: "A cat." },
  ]
  expect(turnsOf({ conversations }, ["p1"])[0]).toMatchObject({ text: "What is this?", pictures: ["p1"] })
  expect(turnsOf({ conversations }, [undefined])[0]).toMatchObject({ text: "What is this?", pictures: [] })
})
