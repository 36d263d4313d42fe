import { describe, expect, test } from "vitest"
import { askScene } from "../dialogue/ask-scene.ts"
import { askWithoutPicture } from "../dialogue/ask-without-picture.ts"
import type { Question } from "../dialogue/question.ts"
import { SeededRandom } from "../random/seeded-random.ts"
import { makeScene } from "../scene/make-scene.ts"
import { sceneSeed } from "../scene/scene-seed.ts"
import { worlds } from "../world/worlds.ts"
import { judgeAnswer } from "./judge-answer.ts"

describe.each([...worlds.values()])("scenes of the world $name", (world) => {
  test.each([
    ["compact", "observation"],
    ["plain", "observation"],
    ["plain", "decision"],
    ["rich", "observation"],
    ["rich", "decision"],
  ] as const)("every %s answer, %s first, is judged right", (form, first) => {
    const wrong: Question[] = []
    for (let index = 0; index < 100; index++) {
      const scene = makeScene(world, sceneSeed({ split: "train", run: 9, index }))
      const random = new SeededRandom(index, "test")
      const questions = askScene(scene, { form, first, random, count: 10, typed: 0.3, followUps: 0.2 })
      wrong.push(...questions.filter((question) => judgeAnswer(question, question.answer) === "wrong"))
    }
    expect(wrong.map(({ kind, question, answer }) => ({ kind, question, answer }))).toEqual([])
  })

  test("answers to the same question about another scene are judged by their truth", () => {
    // An answer from elsewhere is right by chance only; the expected share per kind of question is far from all.
    const counts = new Map<string, { right: number; all: number }>()
    for (let index = 0; index < 100; index++) {
      const [scene, other] = [0, 1].map((offset) =>
        makeScene(world, sceneSeed({ split: "train", run: 9, index: index * 2 + offset })),
      )
      const random = new SeededRandom(index, "test")
      for (const kind of ["what", "describe", "detail"] as const) {
        const [question] = askScene(scene!, { form: "rich", random, count: 1, kinds: [kind] })
        const [elsewhere] = askScene(other!, { form: "rich", random, count: 1, kinds: [kind] })
        const count = counts.get(kind) ?? { right: 0, all: 0 }
        count.all++
        if (judgeAnswer(question!, elsewhere!.answer) === "right") count.right++
        counts.set(kind, count)
      }
    }
    for (const { right, all } of counts.values()) expect(right / all).toBeLessThan(0.02)
  })
})

test("talk without a picture is judged right", () => {
  const random = new SeededRandom(1)
  for (let count = 0; count < 300; count++) {
    const question = askWithoutPicture({ form: "rich", random })
    expect([question.answer, judgeAnswer(question, question.answer)]).toEqual([question.answer, "right"])
  }
})
