import { readFileSync } from "node:fs"
import { fixturePath } from "#testing"

/** The text of a file below tests/fixtures/eval. */
export function readFixture(name: string): string {
  return readFileSync(fixturePath("eval", name), "utf8")
}
