import { createHash } from "node:crypto"

/** A whole number below 2^31 that depends on nothing but these parts: the same in every run, whatever ran before. */
export function hashNumber(...parts: readonly (string | number)[]): number {
  return createHash("sha256").update(JSON.stringify(parts)).digest().readUInt32BE() >>> 1
}
