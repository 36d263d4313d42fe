import type { NanoParts } from "./nano-parts.ts"

/** Releases all weights. */
export function disposeNanoParts({ clip, llava }: NanoParts): void {
  // The tower goes with the clip that taught it.
  for (const module of [clip, llava.projector, llava.languageModel]) module?.[Symbol.dispose]()
}
