import { capitalized } from "../../language/capitalized.ts"
import { listObjects } from "../../language/list-objects.ts"
import { findSetting } from "../../settings/find-setting.ts"
import type { QuestionMaker } from "../question-draft.ts"

export const describe: QuestionMaker = (scene) => {
  const list = listObjects(scene.objects)
  const { place } = findSetting(scene.setting)
  return {
    about: { type: "objects" },
    questions: [
      "Describe the picture.",
      "Describe this image.",
      "describe",
      "Describe the scene briefly.",
      "Give me a short description.",
      "What is going on here?",
      "What is happening in this picture?",
      "Write a caption.",
      "Caption this.",
      "Summarize the picture.",
      "Can you describe it?",
      "Tell me about this picture.",
      "Explain the image.",
      "Give me a short caption.",
      "describe what you see",
      "What is this picture about?",
      "Say something about this picture.",
    ],
    answers: [
      `The picture shows ${list}, ${place}.`,
      `It is a drawn scene ${place} with ${list}.`,
      `${capitalized(place)}, there ${scene.objects.length === 1 ? "is" : "are"} ${list}.`,
    ],
  }
}
