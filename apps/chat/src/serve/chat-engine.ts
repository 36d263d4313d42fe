import type { Message } from "@llava/core"
import { BatchEngine, type Llava } from "@llava/model"
import type { AnswerEngine } from "@llava/server"
import type { Device } from "@llava/tensor"
import { unfamiliarPicture } from "../setup/unfamiliar-picture.ts"
import type { ServeOptions } from "./serve-options.ts"

/**
 * A model at work for a server: it answers requests together, as many at the same time as the command line allows, and
 * says which pictures are strange to it. Disposing closes the model too.
 */
export class ChatEngine extends BatchEngine implements AnswerEngine, AsyncDisposable {
  readonly model: Llava

  constructor(model: Llava, { maxConcurrent }: Pick<ServeOptions, "maxConcurrent"> = {}) {
    super(model, maxConcurrent === undefined ? {} : { maxConcurrent })
    this.model = model
  }

  get device(): Device {
    return this.model.device
  }

  async remarksOn({ content }: Message, options: { signal: AbortSignal }): Promise<string[]> {
    const images = typeof content === "string" ? [] : content.filter((part) => part.type === "image")
    const remarks: string[] = []
    for (const [index, { image }] of images.entries()) {
      const remark = await unfamiliarPicture(this.model, image, options)
      if (remark !== undefined) remarks.push(images.length === 1 ? remark : `Picture ${index + 1}: ${remark}`)
    }
    return remarks
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this[Symbol.dispose]()
    await this.model[Symbol.asyncDispose]()
  }
}
