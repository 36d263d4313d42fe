/** What one request may ask for, and how many may wait. */
export interface ServerLimits {
  /** Answers made at the same time by each model. Default: what its engine says. */
  concurrent: number | undefined
  /** Answers that may wait for their turn, of all clients together; beyond, 429. */
  queued: number
  /** Bytes of a request's body. */
  bodyBytes: number
  /** Seconds in which a body must have arrived. */
  bodySeconds: number
  /** Seconds that a request may take, waiting included. */
  seconds: number
  /** Bytes of one image, encoded. */
  imageBytes: number
  /** Pixels of one image. */
  imagePixels: number
  /** Images in one request. */
  images: number
  /** Seconds in which an image must have been fetched. */
  imageSeconds: number
  /** Characters of all texts of one request. */
  promptCharacters: number
  /** Tokens of one answer. Default: what the model's context has room for. */
  tokens: number | undefined
  /** Answers to one request (`n`). */
  choices: number
  /** Inputs of one request for embeddings. */
  inputs: number
  /** Bytes of all uploaded files; the oldest go first. */
  filesBytes: number
  /** Seconds for which an uploaded file is kept. */
  fileSeconds: number
}

export const defaultLimits: ServerLimits = {
  concurrent: undefined,
  queued: 256,
  bodyBytes: 20 * 2 ** 20,
  bodySeconds: 30,
  seconds: 600,
  imageBytes: 15 * 2 ** 20,
  imagePixels: 50_000_000,
  images: 16,
  imageSeconds: 15,
  promptCharacters: 200_000,
  tokens: undefined,
  choices: 8,
  inputs: 256,
  filesBytes: 256 * 2 ** 20,
  fileSeconds: 3600,
}
