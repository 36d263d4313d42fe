import type { ContextCounts } from "../contexts/context-counts.ts"
import type { RunIdentity } from "../run/run-identity.ts"
import type { RunCounts } from "./run-counts.ts"
import type { WrittenFile } from "./sample-writer.ts"

/** `manifest.json` beside the data: where it comes from, how it was made and what was left out. */
export interface Manifest {
  /** False where the run stopped early; the same command goes on with it. */
  complete: boolean
  /** Hashes of sources and prompts, the teacher, sampling: what the data depends on. */
  run: RunIdentity
  /** Where the descriptions and images were: absolute paths. */
  inputs: { contexts: string[]; images?: string }
  /** What the descriptions' reader came across. */
  contexts: ContextCounts
  counts: RunCounts
  /** Of the replies in the journal. */
  usage: { requests: number; promptTokens: number; completionTokens: number }
  files: WrittenFile[]
}
