import type { JSX } from "preact"
import type { AnswerFacts } from "../conversation/answer-facts.ts"

/** Counts and times of an answer. */
export function AnswerNumbers({ facts }: { facts: AnswerFacts }): JSX.Element {
  return (
    <dl class="numbers">
      {entriesOf(facts).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function entriesOf(facts: AnswerFacts): [name: string, value: string][] {
  const { model, promptTokens, imageTokens, answerTokens, cachedTokens, firstMs, totalMs } = facts
  const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`
  const entries: [string, string][] = [["model", model]]
  if (promptTokens !== undefined) entries.push(["prompt", `${promptTokens} tokens`])
  if (imageTokens) entries.push(["of these pictures", `${imageTokens} tokens`])
  if (cachedTokens) entries.push(["of these known before", `${cachedTokens} tokens`])
  if (answerTokens !== undefined) entries.push(["answer", `${answerTokens} tokens`])
  if (firstMs !== undefined) entries.push(["first word after", seconds(firstMs)])
  entries.push(["whole answer after", seconds(totalMs)])
  if (answerTokens !== undefined && answerTokens > 1 && firstMs !== undefined && totalMs > firstMs) {
    const speed = ((answerTokens - 1) * 1000) / (totalMs - firstMs)
    entries.push(["speed", `${speed.toFixed(1)} tokens/s`])
  }
  return entries
}
