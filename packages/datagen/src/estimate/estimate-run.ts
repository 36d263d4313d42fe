import type { ImageContext } from "../contexts/image-context.ts"
import { composeMessages } from "../kinds/compose-messages.ts"
import type { Kind } from "../kinds/kind.ts"
import { planSamples } from "../run/plan-samples.ts"
import { estimateTokens } from "./estimate-tokens.ts"

export interface EstimateRunOptions {
  contexts: readonly ImageContext[]
  kinds: readonly Kind[]
  samplesPerImage: number
  seed: number
  withBoxes: boolean
}

export interface RunEstimate {
  requests: number
  promptTokens: number
  completionTokens: number
}

/** Around each message. */
const messageTokens = 4

/**
 * About what a run takes if every reply is taken at once: the prompts it will send, and replies as long as the kind's
 * examples are on average. By kind, in the order given.
 */
export function estimateRun(options: EstimateRunOptions): Map<string, RunEstimate> {
  const { contexts, kinds, samplesPerImage, seed, withBoxes } = options
  const estimates = new Map(kinds.map(({ name }) => [name, { requests: 0, promptTokens: 0, completionTokens: 0 }]))
  const replyTokens = new Map(kinds.map((kind) => [kind.name, meanReply(kind)]))
  const fixed = new Map<string, number>()
  for (const [at, slots] of planSamples(contexts, { kinds, samplesPerImage, seed }).entries()) {
    for (const { kind } of slots) {
      const estimate = estimates.get(kind.name)!
      const messages = composeMessages(kind, contexts[at]!, { withBoxes, question: kind.questions?.[0] ?? "" })
      let before = fixed.get(kind.name)
      if (before === undefined) {
        before = messages.slice(0, -1).reduce((sum, { content }) => sum + estimateTokens(content) + messageTokens, 0)
        fixed.set(kind.name, before)
      }
      estimate.requests++
      estimate.promptTokens += before + estimateTokens(messages.at(-1)!.content) + messageTokens
      estimate.completionTokens += replyTokens.get(kind.name)!
    }
  }
  return estimates
}

function meanReply({ examples }: Kind): number {
  const tokens = examples.reduce((sum, { reply }) => sum + estimateTokens(reply), 0)
  return examples.length === 0 ? 300 : Math.round(tokens / examples.length)
}
