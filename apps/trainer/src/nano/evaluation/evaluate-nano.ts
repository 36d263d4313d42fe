import type { TokenWiseClip } from "@llava/clip"
import type { Llava } from "@llava/model"
import { readClaims, type Split, type Sprites, type World } from "@llava/scenes"
import { nanoQuestionKinds } from "../nano-questions.ts"
import { adversarialQuestions } from "./adversarial-questions.ts"
import { type AnsweredQuestion, askNano } from "./ask-nano.ts"
import { type DomainFigures, judgeDomain } from "./judge-domain.ts"
import { judgePatches, type PatchFigures } from "./judge-patches.ts"
import { type KindFigures, kindFigures } from "./kind-figures.ts"
import { type Proportion, proportion } from "./proportion.ts"
import { questionsOfKind } from "./questions-of-kind.ts"
import { shareOfRight } from "./share-of-right.ts"

/** What a nano is judged by. All scenes are of splits that nothing is trained on. */
export interface NanoEvaluation {
  readonly kinds: readonly KindFigures[]
  readonly all: Proportion
  /** The same kinds of questions about combinations of thing and setting that training never showed. */
  readonly unseen: Proportion
  /** Of the things that answers to "what is there" name, those that are there; of those there, the named. */
  readonly captions: { readonly precision: Proportion; readonly recall: Proportion }
  readonly adversarial: Proportion
  readonly patches: PatchFigures | undefined
  /** Absent for a model that does not know what pictures it was trained on. */
  readonly domain: DomainFigures | undefined
}

export interface EvaluateNanoOptions {
  llava: Llava
  /** Absent for a model that was loaded: the table of words is no part of it. */
  clip?: TokenWiseClip | undefined
  world: World
  sprites: Sprites
  /** Of all kinds together. */
  questions: number
  /** A folder of pictures unlike the world, to see whether the model knows that. */
  photographs?: string | undefined
  signal: AbortSignal
  onProgress?: (what: string) => void
}

/** Tells scenes of the evaluation from all others of their splits. */
const RUN = 1

/** Asks held-out questions of every kind, and judges answers, captions and patches. */
export async function evaluateNano(
  options: EvaluateNanoOptions,
): Promise<{ evaluation: NanoEvaluation; answered: readonly AnsweredQuestion[] }> {
  const { llava, clip, world, sprites, questions, photographs, signal, onProgress } = options
  const count = Math.ceil(questions / nanoQuestionKinds.length)
  const ask = (asked: Parameters<typeof askNano>[1]) => askNano(llava, asked, { sprites, signal })
  const ofKinds = (split: Split, each: number) =>
    nanoQuestionKinds.flatMap((kind) => questionsOfKind(kind, { world, split, run: RUN, count: each }))
  onProgress?.(`${count * nanoQuestionKinds.length} questions`)
  const answered = await ask(ofKinds("test", count))
  onProgress?.("unseen combinations")
  const unseen = await ask(ofKinds("unseen", Math.ceil(count / 3)))
  onProgress?.("adversarial questions, patches")
  const adversarial = await ask(adversarialQuestions(world, { run: RUN + 1, count }))
  const scenes = { world, sprites, run: RUN, count: 2 * count }
  const { imageDomain } = llava.options
  const evaluation = {
    kinds: nanoQuestionKinds.map((kind) =>
      kindFigures(
        kind,
        answered.filter(({ question }) => question.kind === kind),
      ),
    ),
    all: shareOfRight(answered),
    unseen: shareOfRight(unseen),
    captions: captionFigures(answered.filter(({ question }) => question.kind === "what")),
    adversarial: shareOfRight(adversarial),
    patches: clip && (await judgePatches({ ...scenes, clip, device: llava.device })),
    domain: imageDomain && (await judgeDomain({ ...scenes, llava, domain: imageDomain, photographs, signal })),
  }
  return { evaluation, answered }
}

function captionFigures(answered: readonly AnsweredQuestion[]): NanoEvaluation["captions"] {
  let [named, namedThere, there] = [0, 0, 0]
  for (const { question, answer } of answered) {
    const shown = new Set(question.scene?.objects.map(({ kind }) => kind))
    const said = new Set(readClaims(answer).flatMap(({ kind, negated }) => (negated ? [] : [kind])))
    named += said.size
    there += shown.size
    namedThere += [...said].filter((kind) => shown.has(kind)).length
  }
  return { precision: proportion(namedThere, named), recall: proportion(namedThere, there) }
}
