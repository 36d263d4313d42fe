import { singleObjects } from "../../facts/single-objects.ts"
import { categoryNouns } from "../../kinds/categories.ts"
import { findKind } from "../../kinds/find-kind.ts"
import type { Category } from "../../kinds/kind.ts"
import { kindsOfCategory } from "../../kinds/kinds-of-category.ts"
import { listObjects } from "../../language/list-objects.ts"
import { numberWord } from "../../language/number-word.ts"
import { withArticle } from "../../language/with-article.ts"
import type { SeededRandom } from "../../random/seeded-random.ts"
import type { Scene } from "../../scene/scene.ts"
import type { QuestionDraft, QuestionMaker } from "../question-draft.ts"

/** Which animals, how many, whether there is one, and what something is. */
export const category: QuestionMaker = (scene, random) => {
  const ofWorld = new Set(scene.world.kinds.map((kind) => findKind(kind).category))
  const named = [...categoryNouns.keys()].filter((each) => ofWorld.has(each))
  const shown = scene.objects.map(({ kind }) => findKind(kind).category).filter((each) => categoryNouns.has(each))
  if (named.length === 0) return undefined
  const asked = shown.length > 0 && random.chance(0.65) ? random.pick(shown) : random.pick(named)
  const form = random.pick(["presence", "which", "count", "general"] as const)
  if (form === "general") return onKind(scene, random, named)
  const nouns = categoryNouns.get(asked)!
  const kinds = kindsOfCategory(asked)
  const found = scene.objects.filter(({ kind }) => kinds.includes(kind))
  const list = listObjects(found)
  const there = found.length > 1 ? "There are" : "There is"
  if (form === "presence") {
    return {
      about: { type: "presence", kinds },
      questions: [
        `Is there ${withArticle(nouns.singular)}?`,
        `Are there any ${nouns.plural}?`,
        `Do you see ${withArticle(nouns.singular)}?`,
        `any ${nouns.plural}`,
        `Can you see any ${nouns.plural} here?`,
      ],
      answers: found.length > 0 ? [`${there} ${list}, so yes.`] : [`There is no ${nouns.singular}, so no.`],
      decisions: found.length > 0 ? [`Yes, t${there.slice(1)} ${list}.`] : [`No, there is no ${nouns.singular}.`],
    }
  }
  if (form === "count") {
    const noun = found.length === 1 ? nouns.singular : nouns.plural
    const number = numberWord(found.length)
    return {
      about: { type: "count", kinds, nouns: [nouns.singular, nouns.plural] },
      questions: [
        `How many ${nouns.plural} are there?`,
        `How many ${nouns.plural} do you see?`,
        `Count the ${nouns.plural}.`,
        `how many ${nouns.plural}`,
      ],
      answers: found.length > 0 ? [`I see ${list}: ${number} ${noun}.`] : [`There is no ${nouns.singular}: zero.`],
      decisions: found.length > 0 ? [`${there} ${number} ${noun}: ${list}.`] : [`Zero, there is no ${nouns.singular}.`],
    }
  }
  return {
    about: { type: "which", kinds },
    questions: [
      `Which ${nouns.plural} are there?`,
      `What ${nouns.plural} do you see?`,
      `Name the ${nouns.plural}.`,
      `Where are the ${nouns.plural}?`,
      `What ${nouns.singular} is this?`,
      `Which ${nouns.singular} do you see?`,
      `what ${nouns.singular} is there`,
      `What kind of ${nouns.singular} is it?`,
    ],
    answers: found.length > 0 ? [`${there} ${list}.`, `I see ${list}.`] : [`There is no ${nouns.singular}.`],
  }
}

function onKind(scene: Scene, random: SeededRandom, named: readonly Category[]): QuestionDraft | undefined {
  const single = singleObjects(scene).filter(({ kind }) => categoryNouns.has(findKind(kind).category))
  if (single.length === 0) return undefined
  const { kind } = random.pick(single)
  const truth = findKind(kind).category
  // A tree may count as food for some, and a carrot as a fruit: only animals, vehicles, buildings and tools are denied.
  const others = named.filter((each) => each !== truth && ["animal", "vehicle", "building", "tool"].includes(each))
  const asked = others.length > 0 && random.chance(0.5) ? random.pick(others) : truth
  const [a, b] = [withArticle(categoryNouns.get(truth)!.singular), withArticle(categoryNouns.get(asked)!.singular)]
  const isTrue = asked === truth
  return {
    about: { type: "general", isTrue },
    questions: [`Is the ${kind} ${b}?`, `Is ${withArticle(kind)} ${b}?`, `Would you call the ${kind} ${b}?`],
    answers: [`The ${kind} is ${a}, so ${isTrue ? "yes" : "no"}.`],
    decisions: [`${isTrue ? "Yes" : "No"}, the ${kind} is ${a}.`],
  }
}
