import { readFile } from "node:fs/promises"
import { writeWhole } from "./write-whole.ts"

/** The tokenizer that lies in a run's folder; made, and left there, where there is none. */
export async function keptTokenizer(
  output: string,
  { make, restart }: { make: () => string; restart: boolean },
): Promise<string> {
  const file = `${output}/tokenizer.json`
  const kept = restart ? undefined : await readFile(file, "utf8").catch(() => undefined)
  if (kept !== undefined) return kept
  const made = make()
  await writeWhole(file, made)
  return made
}
