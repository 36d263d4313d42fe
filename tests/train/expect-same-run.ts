import { readFile } from "node:fs/promises"
import { expect } from "vitest"

/** Two finished runs have the same numbers at every step, and leave the same bytes. */
export async function expectSameRun(output: string, expected: string, steps: number): Promise<void> {
  const [lines, expectedLines] = await Promise.all([output, expected].map(stepLines))
  expect(lines!.map(({ step }) => step)).toEqual(Array.from({ length: steps }, (_, index) => index + 1))
  expect(lines).toEqual(expectedLines)
  for (const file of [
    `checkpoints/step-${steps}/checkpoint.safetensors`,
    "model/model.safetensors",
    "model/config.json",
  ]) {
    const [bytes, expectedBytes] = await Promise.all([output, expected].map((folder) => readFile(`${folder}/${file}`)))
    expect(bytes!.equals(expectedBytes!), file).toBe(true)
  }
}

/** What of a step does not depend on the clock. */
async function stepLines(output: string) {
  const lines = (await readFile(`${output}/metrics.jsonl`, "utf8")).trimEnd().split("\n")
  return lines.map((line) => {
    const { step, loss, lr, gradNorm, tokens, learnedTokens } = JSON.parse(line)
    return { step, loss, lr, gradNorm, tokens, learnedTokens }
  })
}
