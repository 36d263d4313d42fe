import type { Question } from "../dialogue/question.ts"
import { judgeInScene } from "./judge-in-scene.ts"
import { judgeTalk } from "./judge-talk.ts"
import { readClaims } from "./read-claims.ts"
import { readDecision } from "./read-decision.ts"

/**
 * Whether an answer is right, however it is worded: what was asked for has to be in it, and everything it says of
 * objects, their number, places and sizes has to be true of the scene. The question's own answer is not looked at.
 */
export function judgeAnswer(question: Question, answer: string): "right" | "wrong" {
  const { about, scene } = question
  if (answer.trim() === "") return "wrong"
  const isRight =
    about.type === "talk"
      ? judgeTalk(about.topic, answer, scene)
      : about.type === "general"
        ? (readDecision(answer) ?? (/\b(not|cannot|can't|isn't)\b/i.test(answer) ? "no" : "yes")) ===
          (about.isTrue ? "yes" : "no")
        : scene !== undefined && judgeInScene(about, answer, scene, readClaims(answer))
  return isRight ? "right" : "wrong"
}
