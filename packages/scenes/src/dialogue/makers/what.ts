import { listCompactly } from "../../language/list-compactly.ts"
import { listObjects } from "../../language/list-objects.ts"
import type { QuestionMaker } from "../question-draft.ts"

export const what: QuestionMaker = (scene) => {
  const list = listObjects(scene.objects)
  const verb = scene.objects.length === 1 ? "is" : "are"
  return {
    about: { type: "objects" },
    questions: [
      "What is in this picture?",
      "What do you see?",
      "What is this?",
      "What can you see in the image?",
      "What's in the picture?",
      "Which objects are there?",
      "What is there?",
      "What does this picture show?",
      "Name everything in the picture.",
      "List the things that you see.",
      "Tell me what is in the image.",
      "What is it?",
      "What are these?",
      "Can you tell what is here?",
      "whats this",
      "what do u see",
      "what am i looking at",
      "Tell me everything you see.",
      "What objects do you see?",
      "What is shown here?",
      "what is in there",
      "what do we have here",
      "Hi! Can you tell me what you see in this image?",
      "so what is it",
      "anything to see here?",
    ],
    answers: [
      `I see ${list}.`,
      `There ${verb} ${list}.`,
      `The picture shows ${list}.`,
      `In this picture there ${verb} ${list}.`,
    ],
    compact: ["what is there?", `${listCompactly(scene.objects)}.`],
  }
}
