import { clipVision } from "@llava/clip"
import { llama } from "@llava/llama"
import type { Part } from "@llava/model"
import { mlpProjector } from "@llava/projector"

/** What the models of fixtures are made of. */
export const defaultParts: readonly Part[] = [clipVision, mlpProjector, llama]
