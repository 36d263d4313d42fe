import type { PublishedFinding } from "./ablation-variants.ts"
import type { Spread } from "./spread.ts"

export interface Differences {
  /** Of the share of right answers: more is better. */
  right: Spread
  /** Of the loss on held-out answers: less is better. Absent where two losses are of different answers. */
  loss?: Spread | undefined
}

/** What the seeds here say to something that was published, or of something that was not. */
export interface JudgedFinding {
  readonly verdict: "agrees" | "does not agree" | "undecided" | "not published"
  readonly sentence: string
}

/** Whether the seeds here agree with what was published: by right answers, or where these leave it open by the loss. */
export function judgeFinding(
  { right, loss }: Differences,
  published?: Pick<PublishedFinding, "variantIs">,
): JudgedFinding {
  const effect = effectOf(right) ?? (loss && effectOf(negated(loss)))
  const isByLoss = effect !== undefined && effectOf(right) === undefined
  const found = `the variant is ${effect ?? "neither clearly better nor clearly worse"}${isByLoss ? ", by the loss alone" : ""}`
  const verdict = verdictOf(effect, published)
  return { verdict, sentence: verdict === "not published" ? `Here ${found}.` : `**${verdict}**: ${found}.` }
}

function verdictOf(
  effect: "better" | "worse" | undefined,
  published: Pick<PublishedFinding, "variantIs"> | undefined,
): JudgedFinding["verdict"] {
  if (!published) return "not published"
  if (!effect) return "undecided"
  return effect === published.variantIs ? "agrees" : "does not agree"
}

/** One seed has no interval, and decides nothing. */
function effectOf({ interval }: Pick<Spread, "interval">): "better" | "worse" | undefined {
  if (!interval) return undefined
  const [low, high] = interval
  return low > 0 ? "better" : high < 0 ? "worse" : undefined
}

const negated = ({ interval }: Spread): Pick<Spread, "interval"> => ({
  interval: interval && [-interval[1], -interval[0]],
})
