export interface TeacherMessage {
  role: "system" | "user" | "assistant"
  content: string
}

export interface TeacherUsage {
  promptTokens: number
  completionTokens: number
}

export interface TeacherReply {
  text: string
  /** `length`: the reply was cut at the token limit. `filter`: at the provider's content filter. */
  finishReason: "stop" | "length" | "filter"
  usage: TeacherUsage
}

export interface AskOptions {
  /** Makes a repeated question a new one; a teacher that cannot be seeded ignores it. */
  seed: number
  signal?: AbortSignal
}

/** What a teacher has used so far; `cost` in US dollars, absent where its prices are unknown. */
export interface TeacherSpending {
  requests: number
  promptTokens: number
  completionTokens: number
  cost?: number
}

/** A language model that writes instruction data from descriptions of images. */
export interface Teacher {
  /**
   * What its replies depend on: model, temperature, token limit. A run is continued only with an equal identity; base
   * URL, concurrency, limits and budget are no part of it.
   */
  readonly identity: Readonly<Record<string, string | number>>
  /** How many questions it takes at once; further ones wait inside `ask` or are not asked. */
  readonly concurrency: number
  /** Of this process alone. */
  readonly spending: TeacherSpending
  /**
   * One reply. Rates, retries and budget are the teacher's business.
   *
   * @throws TeacherError; the signal's reason when aborted.
   */
  ask(messages: readonly TeacherMessage[], options: AskOptions): Promise<TeacherReply>
  [Symbol.asyncDispose](): Promise<void>
}
