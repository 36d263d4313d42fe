import { capitalized } from "../../language/capitalized.ts"
import { findSetting } from "../../settings/find-setting.ts"
import type { QuestionMaker } from "../question-draft.ts"

/** Where the scene is, sometimes as a choice between its setting and another. */
export const setting: QuestionMaker = (scene, random) => {
  const { name, place, description } = findSetting(scene.setting)
  const others = scene.world.settings.filter((each) => each !== scene.setting)
  const pair = others.length > 0 ? random.shuffle([random.pick(others), name]).map(findSetting) : []
  return {
    about: { type: "setting" },
    questions: [
      "What is the background?",
      "Where does the scene take place?",
      "What is the setting?",
      "Where is this?",
      "What is behind the objects?",
      "What kind of place is this?",
      "Which background does the picture have?",
      "where are we",
      "whats in the background",
      "Describe the background.",
      "What color is the background?",
      "Is it day or night?",
      "Are we inside or outside?",
      "Where are we?",
      "Where is this happening?",
      "What does the place look like?",
      "what is the scenery",
      "In which surroundings is this?",
      ...(pair.length > 0
        ? [
            `${pair.map((each) => each.name).join(" or ")}?`,
            `Is this ${pair.map((each) => each.place).join(" or ")}?`,
            `is it ${pair.map((each) => each.place.replace(/^(on|at|in) /, "")).join(" or ")}`,
          ]
        : []),
    ],
    answers: [`The scene is ${place}.`, `The background is ${description}.`, `${capitalized(description)}.`],
    compact: ["what is the background?", `${name}.`],
  }
}
