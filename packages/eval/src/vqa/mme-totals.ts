import { roundHalfEven } from "../statistics/round-half-even.ts"
import type { YesNoScore } from "./score-yes-no-pairs.ts"

const perception = [
  ...["existence", "count", "position", "color", "posters"],
  ...["celebrity", "scene", "landmark", "artwork", "ocr"],
]
const cognition = ["commonsense_reasoning", "numerical_calculation", "text_translation", "code_reasoning"]

/** MME's two sums of task scores, over the tasks that are there: perception of 2,000 at most, cognition of 800. */
export function mmeTotals(tasks: Readonly<Record<string, YesNoScore>>): { perception: number; cognition: number } {
  const sum = (names: readonly string[]) => {
    const own = Object.entries(tasks).filter(([name]) => names.includes(name.toLowerCase()))
    return roundHalfEven(
      own.reduce((total, [, { score }]) => total + score, 0),
      2,
    )
  }
  return { perception: sum(perception), cognition: sum(cognition) }
}
