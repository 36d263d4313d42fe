import { expect } from "vitest"

/** Expects a message to name all of these. */
export function expectNames(message: string, names: readonly (string | RegExp)[]): void {
  for (const name of names) {
    if (typeof name === "string") expect(message).toContain(name)
    else expect(message).toMatch(name)
  }
}
