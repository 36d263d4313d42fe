import { LlavaError } from "@llava/core"

/** A command line, a part module or a standard input that does not fit; the message names it and the fix. */
export class ChatError extends LlavaError {}
