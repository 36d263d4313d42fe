import type { Fixture } from "./fixture.ts"

/** `train_input_ids` `[steps, rows, tokens]`: the rows of each step. */
export async function trainRows(fixture: Fixture): Promise<number[][][]> {
  const [steps, rows] = fixture.shape("train_input_ids") as [number, number, number]
  const all = await fixture.rows("train_input_ids")
  return Array.from({ length: steps }, (_, step) => all.slice(step * rows, (step + 1) * rows))
}
