import { LlavaError } from "@llava/core"

/** What a user gave a command that does not fit; the message names it and the fix. */
export class AppError extends LlavaError {}
