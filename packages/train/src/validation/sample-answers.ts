import { type ContentPart, IMAGE_PLACEHOLDER, LlavaError, type TrainingSample } from "@llava/core"
import type { Llava } from "@llava/model"
import type { TrainingDataset } from "../data/training-dataset.ts"
import type { SampleAnswer } from "../metrics/answers-line.ts"
import { asTrained } from "../output/as-trained.ts"
import type { Recipe } from "../recipe/recipe-schema.ts"
import { trainedPrompt } from "./trained-prompt.ts"

/** Samples that are answered each time, from the beginning of the data. */
const ANSWERED = 4
const MAX_NEW_TOKENS = 64

export interface AnswerSamplesOptions {
  model: Llava
  dataset: TrainingDataset
  recipe: Pick<Recipe, "template" | "imageAspectRatio">
  signal?: AbortSignal | undefined
}

/** What the model, as it is now, answers to the first question of a few samples; undefined where the signal came first. */
export async function sampleAnswers(options: AnswerSamplesOptions): Promise<SampleAnswer[] | undefined> {
  const { model, dataset, recipe, signal } = options
  const trained = asTrained(model, recipe, trainedPrompt)
  try {
    const answers: SampleAnswer[] = []
    for (let index = 0; index < Math.min(ANSWERED, dataset.length); index++) {
      if (signal?.aborted) return undefined
      answers.push(await answerSample(trained, await dataset.sample(index), dataset))
    }
    return answers
  } finally {
    // What it remembers was computed by weights that go on changing.
    trained.forget()
  }
}

async function answerSample(model: Llava, sample: TrainingSample, dataset: TrainingDataset): Promise<SampleAnswer> {
  const images = [sample.image ?? []].flat().map((name) => dataset.imagePath(name))
  const [question, expected] = ["human", "gpt"].map(
    (from) => sample.conversations.find((turn) => turn.from === from)?.value ?? "",
  ) as [string, string]
  const text = question.replaceAll(IMAGE_PLACEHOLDER, "").trim()
  const content: ContentPart[] = [
    ...images.map((image): ContentPart => ({ type: "image", image })),
    ...(text === "" ? [] : [{ type: "text" as const, text }]),
  ]
  const about = { id: sample.id, images, question: text, expected }
  try {
    const messages = [{ role: "user" as const, content }]
    const reply = await model.generate({ messages, maxNewTokens: MAX_NEW_TOKENS, temperature: 0 }).result
    return { ...about, answer: reply.text }
  } catch (error) {
    // A sample that can be trained, cut short, need not leave room for an answer.
    if (!LlavaError.isInstance(error)) throw error
    return { ...about, answer: "", error: error.message }
  }
}
