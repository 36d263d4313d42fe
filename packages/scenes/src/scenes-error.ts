import { LlavaError } from "@llava/core"

/** A world, kind, setting, seed or folder that is not what it should be; the message names the fix. */
export class ScenesError extends LlavaError {}
