import { findSetting, findWorld, makeScene, sceneSeed } from "@llava/scenes"
import { expect, test } from "vitest"
import { aboutThings, nanoDialogue, nanoQuestions } from "./nano-questions.ts"

const world = findWorld("small")
const scenes = Array.from({ length: 300 }, (_, index) => makeScene(world, sceneSeed({ split: "train", run: 6, index })))

test("what is said of things alone names no setting, and the rest of a dialogue does", () => {
  const naming = (dialogue: typeof nanoDialogue) =>
    scenes.flatMap((scene) => {
      const { place, description } = findSetting(scene.setting)
      return nanoQuestions(scene, 5, dialogue).filter(({ answer }) =>
        [place, description].some((words) => answer.toLowerCase().includes(words)),
      )
    })
  expect(naming(aboutThings(nanoDialogue)).map(({ answer }) => answer)).toEqual([])
  expect(naming(nanoDialogue).length).toBeGreaterThan(100)
})
