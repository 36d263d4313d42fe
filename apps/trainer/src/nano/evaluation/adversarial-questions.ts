import { findKind, isHeldOut, makeScene, type Question, SeededRandom, sceneSeed, type World } from "@llava/scenes"

/**
 * Yes/no questions as hard as POPE's adversarial ones (Li et al. 2023): half ask for something that is there, half for
 * something that is not but would fit, being of the same category as something there and seen in such settings.
 */
export function adversarialQuestions(world: World, { run, count }: { run: number; count: number }): Question[] {
  const questions: Question[] = []
  for (let index = 0; questions.length < count; index++) {
    const scene = makeScene(world, sceneSeed({ split: "test", run, index }))
    const random = new SeededRandom(scene.seed, "adversarial")
    const shown = new Set(scene.objects.map(({ kind }) => kind))
    const categories = new Set([...shown].map((kind) => findKind(kind).category))
    const near = world.kinds.filter(
      (kind) => !shown.has(kind) && categories.has(findKind(kind).category) && !isHeldOut(world, kind, scene.setting),
    )
    const isThere = questions.length % 2 === 0
    if (!isThere && near.length === 0) continue
    const kind = isThere ? random.pick([...shown]) : random.pick(near)
    const article = /^[aeiou]/.test(kind) ? "an" : "a"
    questions.push({
      ...{ kind: "yes-no", question: `Is there ${article} ${kind}?`, answer: isThere ? "yes" : "no", scene },
      about: { type: "presence", kinds: [kind] },
    })
  }
  return questions
}
