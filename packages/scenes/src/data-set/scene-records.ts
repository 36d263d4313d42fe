import type { TrainingSample } from "@llava/core"
import { sceneCaptions } from "../captions/scene-captions.ts"
import type { Form } from "../dialogue/ask-options.ts"
import { askScene } from "../dialogue/ask-scene.ts"
import type { Question } from "../dialogue/question.ts"
import { questionKinds } from "../dialogue/question-kind.ts"
import { SeededRandom } from "../random/seeded-random.ts"
import type { Scene } from "../scene/scene.ts"

export interface SceneRecordOptions {
  scene: Scene
  /** The picture's path below the image folder. */
  image: string
  form: Form
  questions: number
}

export interface SceneRecords {
  captions: string[]
  stageOne: TrainingSample
  stageTwo: TrainingSample[]
  questions: Question[]
}

const instructions = [
  "Describe the picture briefly.",
  "Say in one sentence what the picture shows.",
  "Give the picture a caption.",
  "What does the picture show, in short?",
  "Summarize what can be seen.",
  "Write a short caption for the image.",
]
const talkKinds = ["talk", "outside"]
const conversationKinds = questionKinds.filter((kind) => !["detail", "reasoning", ...talkKinds].includes(kind))

/** All text that goes with one scene; it depends on the scene and the form alone. */
export function sceneRecords({ scene, image, form, questions: count }: SceneRecordOptions): SceneRecords {
  const random = new SeededRandom(scene.seed, "records")
  const id = image.replace(/\.[^.]+$/, "")
  const captions = sceneCaptions(scene, form)
  const instruction = random.pick(instructions)
  const ask = { form, random, variedQuestions: true }
  const conversation = askScene(scene, { ...ask, count, ...(form !== "compact" && { kinds: conversationKinds }) })
  const stageTwo = [toSample(`${id}-conversation`, image, conversation, random)]
  if (form !== "compact") {
    for (const kind of ["detail", "reasoning"] as const) {
      const questions = askScene(scene, { ...ask, count: 1, kinds: [kind] })
      if (questions.length > 0) stageTwo.push(toSample(`${id}-${kind}`, image, questions, random))
    }
  }
  return {
    captions,
    stageOne: {
      id,
      image,
      conversations: [
        { from: "human", value: withImage(instruction, random) },
        { from: "gpt", value: captions[0]! },
      ],
    },
    stageTwo,
    // People's own ways to type belong in what is asked, not in what is learnt from each time.
    questions: askScene(scene, { ...ask, count, ...(form !== "compact" && { typed: 0.3 }) }),
  }
}

function toSample(id: string, image: string, questions: readonly Question[], random: SeededRandom): TrainingSample {
  return {
    id,
    image,
    conversations: questions.flatMap(({ question, answer }, index) => [
      { from: "human" as const, value: index === 0 ? withImage(question, random) : question },
      { from: "gpt" as const, value: answer },
    ]),
  }
}

/** The image before or after the words, as in LLaVA's own data. */
function withImage(text: string, random: SeededRandom): string {
  return random.chance(0.5) ? `<image>\n${text}` : `${text}\n<image>`
}
