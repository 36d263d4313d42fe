import { LlavaError } from "@llava/core"

/** A model folder, a part or a request that does not fit; the message names it and the fix. */
export class ModelError extends LlavaError {}
