import { expect, test } from "vitest"
import { withReference } from "#testing"
import { scienceQAFiles } from "../testing/science-qa-files.ts"
import { categoryNames } from "./categories.ts"
import { chanceAccuracy } from "./chance-accuracy.ts"
import { confusionByTopic } from "./confusion-by-topic.ts"
import { parseProblems } from "./parse-problems.ts"
import { publishedRows } from "./published-rows.ts"

const problem = (choices: number, answer: number, more = {}) => ({
  ...{ question: "?", choices: "vwxyz".slice(0, choices).split(""), answer },
  ...{ subject: "natural science", grade: "grade2", ...more },
})
const problems = parseProblems(
  JSON.stringify({
    1: problem(2, 0, { topic: "biology" }),
    2: problem(4, 3, { topic: "biology", hint: "See." }),
    3: problem(5, 1, { subject: "social science" }),
  }),
  "p.json",
)

test("chance is one over the number of choices of each problem", () => {
  const { accuracy, counts } = chanceAccuracy(problems)
  expect(accuracy).toMatchObject({ NAT: 37.5, SOC: 20, LAN: null, TXT: 25, NO: 35, "G1-6": 31.67, AVG: 31.67 })
  expect(counts.AVG.total).toBe(3)
  expect(counts.AVG.correct).toBeCloseTo(1 / 2 + 1 / 4 + 1 / 5)
})

test("chance over the test split is near the published draw at random, 39.83", (context) => {
  const { problems: all } = scienceQAFiles(withReference(context, "data/scienceqa"), "problems_test.json")
  const { AVG } = chanceAccuracy(all).accuracy
  expect(Math.abs(AVG! - 39.83)).toBeLessThan(1)
})

test("published rows are complete, and each is some number of right answers", () => {
  for (const { name, accuracy } of publishedRows) {
    expect(Object.keys(accuracy), name).toEqual([...categoryNames])
    // Of 4,241 problems every share with two decimals comes from at most one count.
    const right = Math.round((accuracy.AVG / 100) * 4241)
    expect(((right / 4241) * 100).toFixed(2), name).toBe(accuracy.AVG.toFixed(2))
  }
})

test("confusion by topic counts each answer once, where it was given", () => {
  const scored = [
    { id: "1", choice: 0 },
    { id: "2", choice: 1 },
    { id: "3", choice: undefined },
  ]
  const [biology, rest] = confusionByTopic(scored, problems)
  expect(biology).toMatchObject({ topic: "biology", total: 2, correct: 1, chance: 0.75, letters: ["A", "B", "C", "D"] })
  expect(biology!.given).toEqual([
    [1, 0, 0, 0, 0],
    [0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0],
    [0, 1, 0, 0, 0],
  ])
  expect(rest).toMatchObject({ topic: "social science", total: 1, correct: 0 })
  expect(rest!.given[1]).toEqual([0, 0, 0, 0, 0, 1])
})
