import { expect, test } from "vitest"
import { ablationBase } from "./ablation-base.ts"
import { ablationVariants } from "./ablation-variants.ts"
import { phaseFolder } from "./phase-folder.ts"

const phases = ["1-picture-text", "2-language", "3-stage1", "4-stage2"] as const
const base = ablationBase("cpu")

function ownPhases(name: string, seed = 1): string {
  const variant = ablationVariants.find((each) => each.name === name)!
  const folders = phases.map((phase) => phaseFolder(phase, { base, variant, seed }))
  return folders.flatMap((folder, index) => (folder.includes("/shared/") ? [] : [`${index + 1}`])).join(" ")
}

test("a variant shares the phases before what it changes, and no other", () => {
  expect(ownPhases("baseline")).toBe("")
  expect(ownPhases("linear projector")).toBe("3 4")
  expect(ownPhases("last layer but one")).toBe("3 4")
  expect(ownPhases("answer first")).toBe("2 3 4")
  expect(ownPhases("conversation only")).toBe("4")
  expect(ownPhases("frozen language model")).toBe("4")
  expect(ownPhases("twice stage 2")).toBe("4")
  // The language model learns from maps: it is the same with a tower that learned nothing.
  expect(ownPhases("random image tower")).toBe("1 3 4")
  expect(ownPhases("no stage 1")).toBe("3 4")
})

test("no two variants have a phase of their own in one folder, and no seeds share any", () => {
  const folders = [1, 2].flatMap((seed) =>
    ablationVariants.flatMap((variant) =>
      phases
        .map((phase) => phaseFolder(phase, { base, variant, seed }))
        .filter((folder) => !folder.includes("/shared/")),
    ),
  )
  expect(new Set(folders).size).toBe(folders.length)
  const [variant] = ablationVariants
  expect(phaseFolder("1-picture-text", { base, variant: variant!, seed: 2 })).toBe("seed-2/shared/1-picture-text")
})
