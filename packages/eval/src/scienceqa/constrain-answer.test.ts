import { expect, test } from "vitest"
import { constrainAnswer, likeliestChoice } from "./constrain-answer.ts"
import { parseAnswer } from "./parse-answer.ts"
import { joinSteps, secondStepPrompt } from "./two-step.ts"

test.each([
  ["The answer is B.", 1],
  ["It is Maine, I think.", 1],
  ["West Virginia is farther.", 2],
  ["Maine or Ohio.", undefined],
  ["The answer is E.", undefined],
  ["Mainely not.", undefined],
  ["", undefined],
])("%j names choice %s", (text, choice) => {
  expect(constrainAnswer(text, ["Virginia", "Maine", "West Virginia", "Ohio"])).toBe(choice)
})

test("the likeliest letter", () => {
  expect(likeliestChoice([-3, -1, -2])).toBe(1)
  expect(likeliestChoice([Number.NaN, -9])).toBe(1)
  expect(likeliestChoice([Number.NaN])).toBeUndefined()
})

test("two steps end in the sentence that is parsed", () => {
  expect(secondStepPrompt("P", "because")).toBe("Pbecause ###\nANSWER:")
  expect(parseAnswer(joinSteps("because", "C."))).toBe("C")
})
