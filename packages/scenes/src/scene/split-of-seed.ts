import type { Split } from "./split.ts"

const residues: readonly Split[] = ["test", "validation", "unseen", "train", "train", "train", "train", "train"]

/** The split that a scene's seed belongs to. It is part of the number, so no seed can be in two splits. */
export function splitOfSeed(seed: number): Split {
  return residues[seed % residues.length]!
}
