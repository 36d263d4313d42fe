import type { Recipe } from "../recipe/recipe-schema.ts"
import type { AccumulatedLoss } from "./accumulate-gradients.ts"

/** Waits for the losses of a step and weights them as the gradients were. Releases them. */
export async function readLosses(
  { losses, terms }: AccumulatedLoss,
  weighting: Recipe["lossWeighting"],
): Promise<number> {
  let total = 0
  for (const loss of losses) {
    using taken = loss
    const [sum, count] = (await taken.read()) as unknown as [number, number]
    if (weighting === "tokens") total += sum / terms
    else if (count > 0) total += sum / count / losses.length
  }
  return total
}
