import type { AnsweredQuestion } from "./ask-nano.ts"
import { type Proportion, proportion } from "./proportion.ts"

export const shareOfRight = (answered: readonly AnsweredQuestion[]): Proportion =>
  proportion(answered.filter(({ isRight }) => isRight).length, answered.length)
