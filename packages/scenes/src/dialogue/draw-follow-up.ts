import { objectsOfKind } from "../facts/objects-of-kind.ts"
import type { SeededRandom } from "../random/seeded-random.ts"
import { makers } from "./makers/makers.ts"
import type { Question } from "./question.ts"
import type { QuestionDraft } from "./question-draft.ts"
import type { QuestionKind } from "./question-kind.ts"

const ATTEMPTS = 8
const elses = ["What else is there?", "what else", "Is there anything else?", "And what else do you see?"]
/** Of these "it" alone would not say what is asked: "And it?". */
const unclearWithIt = /^(And|Point|find)\b/
const kindsWithIt: readonly QuestionKind[] = ["where", "relation", "relation-yes-no", "colour", "others", "side"]

/**
 * A question that goes on about the only object of a kind that the last one was about, and calls it "it"; undefined where
 * the last one was about something else, or none comes up.
 */
export function drawFollowUp(
  { about, scene }: Question,
  kinds: readonly QuestionKind[],
  random: SeededRandom,
): { kind: QuestionKind; draft: QuestionDraft } | undefined {
  const subject = subjectOf(about)
  const possible = kindsWithIt.filter((kind) => kinds.includes(kind))
  if (!scene || subject === undefined || possible.length === 0 || objectsOfKind(scene, subject).length !== 1)
    return undefined
  const named = new RegExp(`\\bthe ${subject}\\b`)
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const kind = random.pick(possible)
    const draft = makers[kind](scene, random)
    if (!draft || subjectOf(draft.about) !== subject) continue
    const questions = draft.questions
      .filter((question) => named.test(question) && !unclearWithIt.test(question))
      .map((question) => question.replace(named, "it"))
    // A thing that goes by another name this time is no "it".
    if (questions.length === 0) continue
    return { kind, draft: { ...draft, questions: kind === "others" ? [...questions, ...elses] : questions } }
  }
  return undefined
}

function subjectOf(about: Question["about"]): string | undefined {
  if ("kind" in about) return about.kind
  return "kinds" in about && about.kinds?.length === 1 ? about.kinds[0] : undefined
}
