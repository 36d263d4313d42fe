import { LlavaError } from "@llava/core"

/** A model's name that leads nowhere, or a file that is none; the message says what would do. */
export class OpenModelError extends LlavaError {}
