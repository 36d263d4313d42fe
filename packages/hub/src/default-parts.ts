import { clipVision } from "@llava/clip"
import { llama } from "@llava/llama"
import type { Part } from "@llava/model"
import { mlpProjector } from "@llava/projector"

/** What published LLaVAs are made of. Parts of your own go behind them; of two for one model type the later is taken. */
export const defaultParts: readonly Part[] = [clipVision, mlpProjector, llama]
