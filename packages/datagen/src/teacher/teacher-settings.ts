/** What the command line says about the teacher; `openTeacher` makes one of it. */
export interface TeacherSettings {
  teacher: "openai" | "local"
  /** Name at the endpoint; for a local teacher a folder, a GGUF file or a hub id. */
  model: string
  /** Default: OpenAI's own. */
  baseUrl?: string
  /** A local model's conversation template by name, where it states none. */
  template?: string
  apiKey?: string
  /** Default 0.7. */
  temperature?: number
  /** Most tokens of a reply; default 1,024. */
  maxTokens?: number
  /** Questions under way at once; default 8, and 1 for a local teacher. */
  concurrency?: number
  requestsPerMinute?: number
  tokensPerMinute?: number
  /** Retries of one request after 408, 409, 429, 5xx and broken streams; default 6. */
  maxRetries?: number
  budget?: TeacherBudget
  /** US dollars per million tokens, where the table of known models does not have the model or is out of date. */
  price?: { input: number; output: number }
}

/** After any of these the teacher refuses with `budget-spent`. What a resumed run used before counts. */
export interface TeacherBudget {
  requests?: number
  tokens?: number
  /** US dollars. */
  cost?: number
}
