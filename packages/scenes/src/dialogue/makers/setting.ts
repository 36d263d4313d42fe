import { capitalized } from "../../language/capitalized.ts"
import { findSetting } from "../../settings/find-setting.ts"
import type { QuestionMaker } from "../question-draft.ts"

export const setting: QuestionMaker = (scene) => {
  const { name, place, description } = findSetting(scene.setting)
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
    ],
    answers: [`The scene is ${place}.`, `The background is ${description}.`, `${capitalized(description)}.`],
    compact: ["what is the background?", `${name}.`],
  }
}
