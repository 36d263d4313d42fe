import { expect, it } from "vitest"
import { makeConversations } from "./make-conversations.ts"

const box = (category: string, left: number, right: number) => ({
  category,
  bbox: [left, 0.1, right, 0.9] as [number, number, number, number],
})
const contexts = [
  { id: 1, image: "a.jpg", captions: ["a dog on a sofa", "Dog."], instances: [box("dog", 0, 0.3)] },
  { id: 2, image: "b.jpg", captions: ["One.", "two cups "], instances: [box("cup", 0, 0.3), box("cup", 0.5, 1)] },
  { id: 3, image: "c.jpg", captions: ["An empty street."], instances: [] },
]

it("asks for captions, and for what the boxes know", () => {
  const samples = makeConversations(contexts)
  expect(samples.map(({ id, image }) => [id, image])).toEqual([
    ["1-0", "a.jpg"],
    ["1-1", "a.jpg"],
    ["2-0", "b.jpg"],
    ["2-1", "b.jpg"],
    ["3-0", "c.jpg"],
  ])
  const texts = samples.map(({ conversations }) => conversations.map(({ value }) => value))
  expect(texts[0]).toEqual(["<image>\nDescribe the picture in one sentence.", "A dog on a sofa."])
  expect(texts[1]).toEqual([
    '<image>\nHow many objects of the kind "dog" are there?',
    "There is one.",
    "Where is it?",
    "It is on the left of the picture.",
    "Is there a cup in the picture?",
    "No, there is none.",
  ])
  expect(texts[2]![1]).toBe("Two cups.")
  expect(texts[3]!.slice(0, 2)).toEqual(['<image>\nHow many objects of the kind "cup" are there?', "There are two."])
  expect(makeConversations(contexts)).toEqual(samples)
})
