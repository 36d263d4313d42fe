import { LlavaError } from "@llava/core"

/** Input, settings or a run folder of data generation that are not what they should be; the message names the fix. */
export class DatagenError extends LlavaError {}
