import { createLlava } from "./create-llava.ts"
import type { LlavaProvider } from "./llava-provider.ts"

/** A provider with the defaults of `openModel`. Nothing is opened before the first call of a model. */
export const llava: LlavaProvider = createLlava()
