import { singleObjects } from "../../facts/single-objects.ts"
import { findKind } from "../../kinds/find-kind.ts"
import { kinds as allKinds } from "../../kinds/kinds.ts"
import { abilities, properties } from "../../kinds/properties.ts"
import { listObjects } from "../../language/list-objects.ts"
import type { QuestionMaker } from "../question-draft.ts"

/** Questions that name no kind or category, but what things are good for or can do. */
export const reasoning: QuestionMaker = (scene, random) => {
  const possible = singleObjects(scene).flatMap(({ kind }) =>
    abilities.flatMap(({ verb, able, unable }) => {
      const isTrue = able(findKind(kind))
      return isTrue || unable(findKind(kind)) ? [{ kind, verb, isTrue }] : []
    }),
  )
  if (possible.length > 0 && random.chance(0.4)) {
    const { kind, verb, isTrue } = random.pick(possible)
    const can = isTrue ? "can" : "cannot"
    return {
      about: { type: "general", isTrue },
      questions: [`Can the ${kind} ${verb}?`, `Is the ${kind} able to ${verb}?`, `Could the ${kind} ${verb}?`],
      answers: [`The ${kind} ${can} ${verb}, so ${isTrue ? "yes" : "no"}.`],
      decisions: [`${isTrue ? "Yes" : "No"}, the ${kind} ${can} ${verb}.`],
    }
  }
  const property = random.pick(properties)
  const kinds = [...allKinds.values()].filter(property.holds).map(({ name }) => name)
  const found = scene.objects.filter(({ kind }) => kinds.includes(kind))
  const there = found.length > 1 ? "There are" : "There is"
  return {
    about: { type: "which", kinds },
    questions: property.questions,
    answers:
      found.length > 0
        ? [`I see ${listObjects(found)}.`, `${there} ${listObjects(found)}.`]
        : [`I see nothing that ${property.clause}.`, `There is nothing here that ${property.clause}.`],
  }
}
