import { LlavaError } from "@llava/core"

/** A file of weights is missing, damaged, hostile or of an unknown kind; the message names it and the fix. */
export class CheckpointError extends LlavaError {}
