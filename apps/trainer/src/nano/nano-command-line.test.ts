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

test("ablations have a folder of their own, some seeds, and perhaps some variants alone", () => {
  const parse = (...more: string[]) => parseNanoCommandLine(["--recipe", "nano", "--ablations", ...more])
  expect(parse()).toMatchObject({ options: { ablations: true, seeds: 3, output: "runs/nano-ablations" } })
  expect(parse("--variants", "baseline, answer first", "--output", "here")).toMatchObject({
    options: { variants: ["baseline", "answer first"], output: "here" },
  })
  expect(() => parse("--seeds", "0")).toThrow("a whole number from 1 to 10")
})

test("what is not known is refused, with what would do", () => {
  expect(() => parseNanoCommandLine(["--recipe", "nano", "--buget", "cpu"])).toThrow("Did you mean --budget?")
  expect(() => nanoPlan("huge")).toThrow("There is no budget 'huge'")
  expect(() => nanoPlan("toString")).toThrow("There is no budget")
})
