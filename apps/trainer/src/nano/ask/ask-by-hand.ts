import { readFile } from "node:fs/promises"
import { AppError } from "@llava/app-common"
import { parseJsonLines } from "@llava/core"
import { openModel } from "@llava/hub"
import { openDevice } from "@llava/tensor"
import { INTERRUPTED, Interruption } from "../../setup/interruption.ts"
import { tell } from "../../view/tell.ts"
import { answerByHand } from "./answer-by-hand.ts"
import { handQuestionSchema } from "./hand-question.ts"

/**
 * Puts the questions of `FOLDER/questions.jsonl` about `FOLDER/scenes` to `FOLDER/model`, and prints them with their
 * answers in the same form, to be judged by a person. Exit code.
 */
export async function askByHand(folder: string): Promise<number> {
  const file = `${folder}/questions.jsonl`
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new AppError(`${file} cannot be read.`, {
      code: "questions-missing",
      fix: "Give the folder of @llava/nano, or one with questions.jsonl, scenes and model.",
      cause,
    })
  })
  const questions = parseJsonLines(text, handQuestionSchema, file)
  await using device = await openDevice()
  using interruption = new Interruption(() => tell("Stopping."))
  const { signal } = interruption
  await using model = await openModel(`${folder}/model`, { device })
  let [asked, judged, sensible] = [0, 0, 0]
  const sceneFile = (scene: string) => `${folder}/scenes/${scene}`
  for await (const answered of answerByHand(model, questions, { sceneFile, signal })) {
    process.stdout.write(`${JSON.stringify(answered)}\n`)
    asked++
    if (answered.sensible !== undefined) judged++
    if (answered.sensible) sensible++
  }
  tell(`${asked} questions; ${judged} have the answer that was judged, ${sensible} of them a sensible one.`)
  return signal.aborted ? INTERRUPTED : 0
}
