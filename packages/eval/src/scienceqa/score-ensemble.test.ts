import { expect, test } from "vitest"
import { fixturePath, withReference } from "#testing"
import { parseAnswers } from "../answers/parse-answers.ts"
import { scienceQAFiles } from "../testing/science-qa-files.ts"
import { scoreEnsemble } from "./score-ensemble.ts"

test("the published answers of LLaVA v1.3 13B with those of GPT-3", (context) => {
  const { problems, answers } = scienceQAFiles(withReference(context, "data/scienceqa"), "problems_test.json")
  const score = scoreEnsemble({
    problems,
    model: answers("test_sqa_llava_lcs_558k_sqa_12e_vicuna_v1_3_13b.json"),
    textModel: answers("gpt3_final_test_QCM-ALE_2_seed_3.json"),
  })
  expect(score.complement).toMatchObject({ correct: 3253, accuracy: { AVG: 76.7 } })
  expect(score.upperBound).toMatchObject({ correct: 3993, accuracy: { AVG: 94.15 } })
  expect(score).toMatchObject({ bothRight: 2931, bothWrong: 248, textUnparsed: 249, textOutOfRange: 0, textMissing: 0 })
  expect(score.judge).toBeUndefined()
})

test("a cut of them, with a judge that was asked about two problems", () => {
  const { problems, answers } = scienceQAFiles(fixturePath("eval/scienceqa"), "problems.json")
  const model = answers("llava_v1_3_13b.json")
  const textModel = answers("gpt3.json")
  const alone = scoreEnsemble({ problems, model, textModel })
  expect(alone.bothRight + alone.bothWrong).toBeLessThan(problems.size)
  expect(alone.upperBound.correct).toBe(problems.size - alone.bothWrong)
  expect(alone.upperBound.correct).toBe(alone.model.correct + alone.textModel.correct - alone.bothRight)

  // Where it answers, the judge decides; unread and out-of-range replies leave the model's answer.
  const [first, second, third] = problems.keys()
  const right = (id: string) => `The answer is ${"ABCDE"[problems.get(id)!.answer]}.`
  const wrong = (id: string) =>
    `The answer is ${"ABCDE"[(problems.get(id)!.answer + 1) % problems.get(id)!.choices.length]}.`
  const judge = (...replies: [string | undefined, string][]) =>
    scoreEnsemble({
      problems,
      model,
      textModel,
      requery: parseAnswers(
        replies.map(([question_id, text]) => JSON.stringify({ question_id, text })).join("\n"),
        "j",
      ),
    }).judge!.correct
  const base = alone.model.correct
  const isRight = (id: string) => Number(judge([id, wrong(id)]) === base - 1)
  const rights = isRight(first!) + isRight(second!)
  expect(judge([first, right(first!)], [second, right(second!)])).toBe(base + 2 - rights)
  expect(judge([first, "I cannot say."], [second, "The answer is Z."], [third, ""])).toBe(base)
})
