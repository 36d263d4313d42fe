import { expect, test } from "vitest"
import { asksForNano, parseNanoCommandLine } from "./nano-command-line.ts"
import { nanoPlan } from "./nano-plan.ts"

test("nano is a recipe of its own", () => {
  expect(asksForNano(["--recipe", "nano", "--budget", "smoke"])).toBe(true)
  expect(asksForNano(["--recipe=nano"])).toBe(true)
  expect(asksForNano(["--recipe", "stage1", "--output", "nano"])).toBe(false)
})

test("options have defaults", () => {
  expect(parseNanoCommandLine(["--recipe", "nano"])).toMatchObject({
    options: { budget: "cpu", output: "runs/nano", restart: false },
  })
  expect(parseNanoCommandLine(["--recipe", "nano", "--help"])).toHaveProperty("text")
})

test("what is not known is refused, with what would do", () => {
  expect(() => parseNanoCommandLine(["--recipe", "nano", "--buget", "cpu"])).toThrow("Did you mean --budget?")
  expect(() => nanoPlan("huge")).toThrow("There is no budget 'huge'")
  expect(() => nanoPlan("toString")).toThrow("There is no budget")
})
