import type { OpenModelOptions } from "@llava/hub"

/** How every model of a provider is opened: what `openModel` takes. */
export type LlavaProviderSettings = Omit<OpenModelOptions, "signal">
