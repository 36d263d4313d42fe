import { LlavaError } from "@llava/core"

/** What is wrong with a recipe, the data or a run; the message names the key, sample or folder, and the fix. */
export class TrainError extends LlavaError {}
