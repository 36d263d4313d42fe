import { LlavaError } from "@llava/core"
import { defaultMaxTokens, defaultTemperature } from "./chat-body.ts"
import { estimatePromptTokens } from "./estimate-prompt-tokens.ts"
import { Ledger } from "./ledger.ts"
import { Slots } from "./slots.ts"
import type { AskOptions, Teacher, TeacherMessage, TeacherReply, TeacherSpending, TeacherUsage } from "./teacher.ts"
import { TeacherError } from "./teacher-error.ts"
import { teacherIdentity } from "./teacher-identity.ts"
import type { TeacherSettings } from "./teacher-settings.ts"

/** What a teacher needs of a model that `openModel` of `@llava/hub` opens. */
export interface LocalModel extends AsyncDisposable {
  generate(options: {
    messages: readonly TeacherMessage[]
    maxNewTokens: number
    temperature: number
    seed: number
    signal?: AbortSignal
  }): {
    result: Promise<{
      text: string
      finishReason: "stop" | "length"
      usage: { promptTokens: number; generatedTokens: number }
    }>
  }
}

/** A language model in this process as a teacher; one question at a time. */
export class LocalTeacher implements Teacher {
  readonly identity: Teacher["identity"]
  readonly concurrency = 1
  readonly #model: LocalModel
  readonly #settings: TeacherSettings
  readonly #ledger: Ledger
  readonly #slots = new Slots(1)

  constructor(model: LocalModel, settings: TeacherSettings, spent?: TeacherSpending) {
    const { budget, price = { input: 0, output: 0 } } = settings
    this.identity = teacherIdentity(settings)
    this.#model = model
    this.#settings = settings
    this.#ledger = new Ledger({
      model: settings.model,
      price,
      ...(budget && { budget }),
      ...(spent && { before: spent }),
    })
  }

  get spending(): TeacherSpending {
    return this.#ledger.spending
  }

  async ask(messages: readonly TeacherMessage[], { seed, signal }: AskOptions): Promise<TeacherReply> {
    using _slot = await this.#slots.take(signal)
    const { maxTokens = defaultMaxTokens, temperature = defaultTemperature } = this.#settings
    const most = { promptTokens: estimatePromptTokens(messages), completionTokens: maxTokens }
    const reservation = await this.#ledger.reserve(most, signal)
    let used: TeacherUsage = { promptTokens: 0, completionTokens: 0 }
    try {
      const generation = this.#model.generate({
        messages,
        maxNewTokens: maxTokens,
        temperature,
        seed,
        ...(signal && { signal }),
      })
      const { text, finishReason, usage } = await generation.result
      used = { promptTokens: usage.promptTokens, completionTokens: usage.generatedTokens }
      return { text, finishReason, usage: used }
    } catch (error) {
      throw LlavaError.isInstance(error) && error.code === "context-full" ? refused(error) : error
    } finally {
      reservation.settle(used)
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#model[Symbol.asyncDispose]() as Promise<void>
  }
}

function refused(cause: LlavaError): TeacherError {
  return new TeacherError(cause.message, { code: "request-refused", scope: "request", cause })
}
