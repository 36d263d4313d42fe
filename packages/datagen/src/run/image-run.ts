import { IMAGE_PLACEHOLDER, type TrainingSample } from "@llava/core"
import type { ImageContext } from "../contexts/image-context.ts"
import { composeMessages } from "../kinds/compose-messages.ts"
import { QuestionIndex } from "../questions/question-index.ts"
import { hashNumber } from "../random/hash-number.ts"
import { shuffledIndices } from "../random/shuffled-indices.ts"
import { checkReply } from "../reply/check-reply.ts"
import type { QuestionAnswer, ReplyProblem } from "../reply/reply.ts"
import type { TeacherMessage, TeacherReply } from "../teacher/teacher.ts"
import type { SampleSlot } from "./sample-slot.ts"

export interface ImageRunSettings {
  seed: number
  /** How often a question is asked before it is given up. */
  attempts: number
  /** Whether kinds that leave it open get boxes. */
  withBoxes: boolean
  /** Whether what is only flagged is rejected too. */
  rejectFlagged: boolean
}

export interface TeacherRequest {
  /** The same in every run with the same settings. */
  id: string
  messages: TeacherMessage[]
  seed: number
}

/** What came back for a request: a reply, or that there will be none. */
export type Answered = { reply: TeacherReply } | { error: { code: string; message: string } }

export interface Attempt {
  problems: readonly ReplyProblem[]
  text?: string
}

export interface FinishedSlot {
  slot: SampleSlot
  /** Absent where every attempt was rejected. */
  sample?: TrainingSample
  flags: readonly ReplyProblem[]
  /** The attempts that were rejected. */
  rejected: readonly Attempt[]
  /** Questions left out because the image has them already. */
  duplicates: readonly string[]
}

/**
 * The samples of one image, one after the other: which request comes next follows from the answers so far and nothing
 * else, so a run can be repeated from its answers.
 */
export class ImageRun {
  readonly finished: FinishedSlot[] = []
  readonly #context: ImageContext
  readonly #slots: readonly SampleSlot[]
  readonly #settings: ImageRunSettings
  readonly #questions = new QuestionIndex()
  #rejected: Attempt[] = []

  constructor(context: ImageContext, slots: readonly SampleSlot[], settings: ImageRunSettings) {
    this.#context = context
    this.#slots = slots
    this.#settings = settings
  }

  /** The id of the next request; undefined when the image has all its samples. */
  get nextId(): string | undefined {
    const slot = this.#slots[this.finished.length]
    return slot && `${this.#sampleId(slot)}/${this.#rejected.length}`
  }

  /** Call it only while there is a `nextId`. */
  nextRequest(): TeacherRequest {
    return this.#request(this.#slots[this.finished.length]!, this.nextId!)
  }

  /** The next request, and those of the samples after it that no answer can make superfluous. */
  openRequests(): TeacherRequest[] {
    if (this.nextId === undefined) return []
    const later = this.#slots.slice(this.finished.length + 1)
    return [this.nextRequest(), ...later.map((slot) => this.#request(slot, `${this.#sampleId(slot)}/0`))]
  }

  #request(slot: SampleSlot, id: string): TeacherRequest {
    const { withBoxes, seed } = this.#settings
    const question = this.#drawQuestion(slot)
    const messages = composeMessages(slot.kind, this.#context, {
      withBoxes,
      ...(question !== undefined && { question }),
    })
    return { id, messages, seed: hashNumber(seed, id) }
  }

  /** Takes the answer to the next request and judges it. */
  take(answered: Answered): Attempt | FinishedSlot {
    const slot = this.#slots[this.finished.length]!
    const { attempt, ...found } = this.#judge(slot, answered)
    if (attempt) this.#rejected.push(attempt)
    if (attempt && this.#rejected.length < this.#settings.attempts) return attempt
    const finished: FinishedSlot = { flags: [], duplicates: [], ...found, slot, rejected: this.#rejected }
    this.finished.push(finished)
    this.#rejected = []
    return finished
  }

  #judge(slot: SampleSlot, answered: Answered): Partial<FinishedSlot> & { attempt?: Attempt } {
    if ("error" in answered) {
      return { attempt: { problems: [{ rule: `teacher-${answered.error.code}`, message: answered.error.message }] } }
    }
    const { text } = answered.reply
    const { turns, problems, flags } = checkReply(answered.reply, slot.kind, this.#context)
    if (this.#settings.rejectFlagged) problems.push(...flags)
    if (problems.length > 0) return { attempt: { problems, text } }
    const duplicates: string[] = []
    const kept = slot.kind.questions ? turns : turns.filter((turn) => this.#isNew(turn, duplicates))
    if (kept.length === 0) {
      const message = `the image has it already: ${duplicates[0]}`
      return { attempt: { problems: [{ rule: "duplicate-question", message }], text } }
    }
    return { sample: this.#sample(slot, kept), flags, duplicates }
  }

  #isNew({ question }: QuestionAnswer, duplicates: string[]): boolean {
    if (this.#questions.add(question) === undefined) return true
    duplicates.push(question)
    return false
  }

  #sample(slot: SampleSlot, turns: readonly QuestionAnswer[]): TrainingSample {
    const id = this.#sampleId(slot)
    const isFirst = hashNumber(this.#settings.seed, id, "place") % 2 === 0
    const conversations = turns.flatMap(({ question, answer }, at) => {
      const asked = slot.kind.questions ? this.#drawQuestion(slot)! : question
      const shown = isFirst ? `${IMAGE_PLACEHOLDER}\n${asked}` : `${asked}\n${IMAGE_PLACEHOLDER}`
      return [
        { from: "human" as const, value: at === 0 ? shown : asked },
        { from: "gpt" as const, value: answer },
      ]
    })
    return { id, image: this.#context.image, conversations }
  }

  /** From the kind's list, a different one for each of the image's samples while there are enough. */
  #drawQuestion({ kind, index }: SampleSlot): string | undefined {
    if (!kind.questions) return undefined
    const order = shuffledIndices(kind.questions.length, hashNumber(this.#settings.seed, this.#context.id, kind.name))
    return kind.questions[order[index % order.length]!]
  }

  #sampleId({ kind, index }: SampleSlot): string {
    return `${this.#context.id}/${kind.name}/${index}`
  }
}
