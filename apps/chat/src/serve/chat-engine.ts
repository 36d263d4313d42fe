import type { Message } from "@llava/core"
import { BatchEngine, type Llava } from "@llava/model"
import type { AnswerEngine } from "@llava/server"
import { unfamiliarPicture } from "../setup/unfamiliar-picture.ts"
import type { ServeOptions } from "./serve-options.ts"

/** Answers requests together, as many at the same time as the command line allows, and says which pictures are strange. */
export class ChatEngine extends BatchEngine implements AnswerEngine {
  readonly #model: Llava

  constructor(model: Llava, { maxConcurrent }: Pick<ServeOptions, "maxConcurrent"> = {}) {
    super(model, maxConcurrent === undefined ? {} : { maxConcurrent })
    this.#model = model
  }

  async remarksOn({ content }: Message, options: { signal: AbortSignal }): Promise<string[]> {
    const images = typeof content === "string" ? [] : content.filter((part) => part.type === "image")
    const remarks: string[] = []
    for (const [index, { image }] of images.entries()) {
      const remark = await unfamiliarPicture(this.#model, image, options)
      if (remark !== undefined) remarks.push(images.length === 1 ? remark : `Picture ${index + 1}: ${remark}`)
    }
    return remarks
  }
}
