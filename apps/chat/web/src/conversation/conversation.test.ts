import { expect, test } from "vitest"
import { addTurn } from "./add-turn.ts"
import { changeTurn } from "./change-turn.ts"
import type { Turn } from "./conversation.ts"
import { newConversation } from "./new-conversation.ts"
import { pathOf } from "./path-of.ts"
import { showBranch } from "./show-branch.ts"
import { siblingsOf } from "./siblings-of.ts"
import { titleOf } from "./title-of.ts"

const turn = (id: string, parent: string | null, role: Turn["role"] = "user"): Turn => ({
  id,
  parent,
  role,
  text: id,
  pictures: [],
})
const build = (...turns: Turn[]) => turns.reduce(addTurn, newConversation())
const ids = (turns: readonly Turn[]) => turns.map(({ id }) => id)

test("the newest turn's branch is shown", () => {
  const linear = build(turn("q1", null), turn("a1", "q1", "assistant"), turn("q2", "a1"))
  expect(ids(pathOf(linear))).toEqual(["q1", "a1", "q2"])
  expect(ids(pathOf(linear, "a1"))).toEqual(["q1", "a1"])
  expect(pathOf(newConversation())).toEqual([])
})

test("an edited question begins a branch beside the old one, which stays reachable", () => {
  const linear = build(turn("q1", null), turn("a1", "q1", "assistant"), turn("q2", "a1"), turn("a2", "q2", "assistant"))
  const edited = addTurn(linear, turn("q1b", null))
  expect(ids(pathOf(edited))).toEqual(["q1b"])
  expect(ids(siblingsOf(edited, edited.turns[0]!))).toEqual(["q1", "q1b"])
  expect(ids(pathOf(showBranch(edited, "q1")))).toEqual(["q1", "a1", "q2", "a2"])
  expect(ids(pathOf(showBranch(edited, "q1b")))).toEqual(["q1b"])
})

test("going back to a branch shows the newest of what follows", () => {
  const again = build(turn("q1", null), turn("a1", "q1", "assistant"), turn("a1b", "q1", "assistant"))
  expect(ids(pathOf(showBranch(again, "q1")))).toEqual(["q1", "a1b"])
  expect(ids(siblingsOf(again, again.turns[2]!))).toEqual(["a1", "a1b"])
})

test("a turn is changed without touching the one before", () => {
  const before = build(turn("q1", null))
  const after = changeTurn(before, "q1", { text: "new" })
  expect([before.turns[0]?.text, after.turns[0]?.text]).toEqual(["q1", "new"])
})

test("the first question names the conversation", () => {
  const named = build(turn("What is this?", null), turn("more", "What is this?"))
  expect(named.title).toBe("What is this?")
  expect(titleOf({ text: "  \n", pictures: ["p"] })).toBe("A picture")
  expect(titleOf({ text: "first\nsecond", pictures: [] })).toBe("first")
  const long = titleOf({ text: "word ".repeat(30), pictures: [] })
  expect(long).toMatch(/^(word )+word…$/)
  expect(long.length).toBeLessThan(50)
  expect(titleOf({ text: "x".repeat(100), pictures: [] })).toHaveLength(49)
})
