import type { PartSources } from "./find-parts.ts"
import type { Manifest } from "./manifest.ts"
import type { ModelFolder } from "./model-folder.ts"

/** Where a loaded model came from: what saving it again needs. */
export interface ModelSource extends PartSources {
  readonly folder?: ModelFolder | undefined
  /** The folder of the tokenizer's files, where that is another one; undefined where a tokenizer was given. */
  readonly tokenizerFolder?: ModelFolder | undefined
  /** Undefined for a model that was composed. */
  readonly manifest?: Manifest | undefined
}
