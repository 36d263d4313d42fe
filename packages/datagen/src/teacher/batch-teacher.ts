import type { Teacher, TeacherMessage, TeacherReply } from "./teacher.ts"
import type { TeacherError } from "./teacher-error.ts"

export interface BatchRequest {
  /** Comes back with the result (`custom_id`). */
  id: string
  messages: readonly TeacherMessage[]
  seed: number
}

/** Exactly one of `reply` and `error`. */
export interface BatchResult {
  id: string
  reply?: TeacherReply
  error?: TeacherError
}

export interface BatchState {
  /** `ended` also where it failed or ran out of time: what is in its files counts, the rest is asked again. */
  status: "running" | "ended"
  completed: number
  total: number
  /** Why it ended without all its results. */
  problem?: string
}

/** A teacher that takes all requests as one file and answers within hours, as OpenAI's Batch API does. */
export interface BatchTeacher extends Pick<Teacher, "identity"> {
  /** Writes the requests, one per line, in the form that `submit` uploads. */
  writeFile(file: string, requests: Iterable<BatchRequest> | AsyncIterable<BatchRequest>): Promise<void>
  /** Uploads the file and starts the batch; gives its id. */
  submit(file: string, signal?: AbortSignal): Promise<string>
  state(batchId: string, signal?: AbortSignal): Promise<BatchState>
  /** Results of an ended batch, in any order. */
  results(batchId: string, signal?: AbortSignal): AsyncIterable<BatchResult>
  /** Results from a file that was fetched by other means. */
  readResults(file: string): AsyncIterable<BatchResult>
}
