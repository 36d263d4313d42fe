import { optionLetters } from "./parse-answer.ts"
import type { Problem } from "./problem.ts"
import type { ScoredProblem } from "./score-science-qa.ts"

/** Which letters were given in place of which, among the problems of a topic. */
export interface Confusion {
  topic: string
  total: number
  correct: number
  /** What answering at random would have right on average. */
  chance: number
  /** Letters of the largest problem. */
  letters: readonly string[]
  /** `given[right][chosen]`; the last column counts answers that name no choice. */
  given: readonly (readonly number[])[]
}

/** Confusion of each topic (its subject where a problem states no topic), largest first. */
export function confusionByTopic(
  scored: readonly Pick<ScoredProblem, "id" | "choice">[],
  problems: ReadonlyMap<string, Problem>,
): Confusion[] {
  const topics = Map.groupBy(scored, ({ id }) => topicOf(problems.get(id)!))
  return [...topics]
    .map(([topic, items]) => confusionOf(topic, items, problems))
    .sort((first, second) => second.total - first.total || (first.topic < second.topic ? -1 : 1))
}

function topicOf({ topic, subject }: Problem): string {
  return topic || subject || "without topic"
}

function confusionOf(
  topic: string,
  items: readonly Pick<ScoredProblem, "id" | "choice">[],
  problems: ReadonlyMap<string, Problem>,
): Confusion {
  const most = Math.max(...items.map(({ id }) => problems.get(id)!.choices.length))
  const given = Array.from({ length: most }, () => new Array<number>(most + 1).fill(0))
  let correct = 0
  let chance = 0
  for (const { id, choice } of items) {
    const { answer, choices } = problems.get(id)!
    given[answer]![choice ?? most]!++
    if (choice === answer) correct++
    chance += 1 / choices.length
  }
  const letters = Array.from({ length: most }, (_, index) => optionLetters[index] ?? String(index + 1))
  return { topic, total: items.length, correct, chance, letters, given }
}
