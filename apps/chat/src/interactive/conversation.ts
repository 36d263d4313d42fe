import type { ImageInput, Message } from "@llava/core"
import { userMessage } from "../answer/user-message.ts"

/** The turns so far, and the pictures that go with the next question. */
export class Conversation {
  #turns: readonly Message[] = []
  #attached: readonly ImageInput[]

  constructor(images: readonly ImageInput[] = []) {
    this.#attached = images
  }

  /** How many pictures go with the next question. */
  get attached(): number {
    return this.#attached.length
  }

  attach(image: ImageInput): void {
    this.#attached = [...this.#attached, image]
  }

  /** The turns that ask for the next answer. The question becomes part of the conversation with `keep` only. */
  ask(text: string): readonly Message[] {
    return [...this.#turns, userMessage(text, this.#attached)]
  }

  /** Remembers what was asked and answered; the next question starts without pictures. */
  keep(asked: readonly Message[], answer: string): void {
    this.#turns = [...asked, { role: "assistant", content: answer }]
    this.#attached = []
  }

  /** Forgets the pictures of a question that failed, lest the next one fails as well. */
  detach(): void {
    this.#attached = []
  }

  reset(): void {
    this.#turns = []
    this.#attached = []
  }
}
