import { CheckpointError } from "../checkpoint-error.ts"

/** What can go wrong between a hub and its local cache; the value of `HubError.code`. */
export type HubErrorCode =
  | "hub-argument-invalid"
  | "hub-path-unsafe"
  | "hub-answer-invalid"
  | "hub-unauthorized"
  | "hub-forbidden"
  | "hub-gated"
  | "hub-repo-not-found"
  | "hub-revision-not-found"
  | "hub-file-not-found"
  | "hub-rate-limited"
  | "hub-server-error"
  | "hub-unreachable"
  | "hub-stalled"
  | "hub-file-corrupt"
  | "hub-offline"
  | "hub-cache-not-writable"
  | "disk-full"

export interface HubErrorOptions extends ErrorOptions {
  code: HubErrorCode
  fix: string
  /** HTTP status, where the hub answered. */
  status?: number
  /** True where the same request may succeed later. */
  transient?: boolean
  /** Milliseconds the server asked to wait. */
  retryAfter?: number
}

/** A download from a hub failed, or its cache lacks something; the message names repository, file and fix. */
export class HubError extends CheckpointError {
  declare readonly code: HubErrorCode
  readonly status: number | undefined
  readonly transient: boolean
  readonly retryAfter: number | undefined

  constructor(message: string, options: HubErrorOptions) {
    super(message, options)
    this.status = options.status
    this.transient = options.transient ?? false
    this.retryAfter = options.retryAfter
  }
}
