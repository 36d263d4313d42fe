import { makeScene, sceneSeed } from "@llava/scenes"
import { expect, test } from "vitest"
import { nanoQuestions } from "../nano-questions.ts"
import { ablationBase } from "./ablation-base.ts"
import { ablationSetup } from "./ablation-setup.ts"

const base = ablationBase("cpu")

test("a change is in the setup, and nothing else is", () => {
  const baseline = ablationSetup(base, {}, 3)
  expect(baseline.plan).toEqual({ ...base.plan, seed: 3 })
  expect(baseline.design.dialogues.stage2).toEqual(baseline.asked)
  const linear = ablationSetup(base, { projector: "linear" }, 3)
  expect(linear).toEqual({ ...baseline, design: { ...baseline.design, projector: "linear" } })
  const half = ablationSetup(base, { stage2Length: 0.5 }, 3)
  expect(half.plan.stage2.steps).toBe(base.plan.stage2.steps / 2)
  const talk = ablationSetup(base, { stage2Data: ["conversation"] }, 3)
  expect(Object.keys(talk.design.dialogues.stage2.kinds)).not.toContain("describe")
  expect(talk.design.dialogues.language).toEqual(baseline.design.dialogues.language)
})

test("the answer comes before the reasoning or after it, to the same questions", () => {
  const scenes = Array.from({ length: 40 }, (_, index) =>
    makeScene(base.world, sceneSeed({ split: "test", run: 5, index })),
  )
  const answers = (first: "observation" | "decision") =>
    scenes.flatMap((scene) => nanoQuestions(scene, 4, ablationSetup(base, { first }, 1).asked))
  const [observing, deciding] = [answers("observation"), answers("decision")]
  expect(deciding.map(({ question }) => question)).toEqual(observing.map(({ question }) => question))
  const decided = observing.filter(({ answer }) => /, so (yes|no)\.$/.test(answer))
  expect(decided.length).toBeGreaterThan(20)
  for (const [index, { answer }] of observing.entries()) {
    const decision = /, so (yes|no)\.$/.exec(answer)?.[1]
    if (decision) expect(deciding[index]!.answer.toLowerCase()).toMatch(new RegExp(`^${decision}, `))
  }
  expect(answers("decision")).toEqual(deciding)
})
