import { EvaluationError } from "../evaluation-error.ts"
import { seededRandom } from "../statistics/seeded-random.ts"
import type { EvaluationQuestion } from "./evaluation-question.ts"

/** A solved example before the question. */
export interface Shot {
  question: EvaluationQuestion
  answer: string
}

export interface ChooseShotsOptions {
  examples: readonly EvaluationQuestion[]
  count: number
  seed: number
}

/**
 * Examples for a question, drawn by its id and the seed alone: a run that goes on after a stop shows the same ones. An
 * example about the question's own image, or with its id, is never drawn.
 *
 * @throws EvaluationError `examples-missing` where there are too few with an answer.
 */
export function chooseShots(question: EvaluationQuestion, { examples, count, seed }: ChooseShotsOptions): Shot[] {
  const pool = examples.flatMap((example) => {
    const answer = mostFrequent(example.answers ?? [])
    const same =
      String(example.id) === String(question.id) || (example.image !== undefined && example.image === question.image)
    return same || answer === undefined ? [] : [{ question: example, answer }]
  })
  if (pool.length < count) {
    throw new EvaluationError(
      `There are ${pool.length} examples with an answer, of other images; ${count} are to be shown.`,
      {
        code: "examples-missing",
        file: `question ${question.id}`,
        fix: "Give a file of examples that hold their answers, or ask with fewer shots.",
      },
    )
  }
  const random = seededRandom(seedOf(`${seed} ${question.id}`))
  const shots: Shot[] = []
  while (shots.length < count) shots.push(...pool.splice(Math.floor(random() * pool.length), 1))
  return shots
}

/** What most people answered; of equally many the first. */
function mostFrequent(answers: readonly string[]): string | undefined {
  const groups = [...Map.groupBy(answers, (answer) => answer).values()]
  return groups.reduce<readonly string[]>((best, group) => (group.length > best.length ? group : best), [])[0]
}

/** FNV-1a */
function seedOf(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}
