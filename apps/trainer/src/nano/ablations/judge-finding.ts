import type { PublishedFinding } from "./ablation-variants.ts"
import type { Spread } from "./spread.ts"

export interface Differences {
  /** Of the share of right answers: more is better. */
  right: Spread
  /** Of the loss on held-out answers: less is better. Absent where two losses are of different answers. */
  loss?: Spread | undefined
}

/** Whether the seeds here agree with what was published, as a sentence: by right answers, else by the loss. */
export function judgeFinding({ right, loss }: Differences, published?: Pick<PublishedFinding, "variantIs">): string {
  if (right.count < 2) return "One seed tells nothing."
  const by = [
    { effect: effectOf(right), what: "answers" },
    ...(loss ? [{ effect: effectOf({ ...loss, ...negated(loss) }), what: "the loss on answers" }] : []),
  ].find(({ effect }) => effect !== undefined)
  if (!by) return `**Undecided**: the seeds differ more than the variants do.`
  const found = `${by.what === "answers" ? "" : `by ${by.what} alone, `}the variant is ${by.effect}`
  if (!published) return `Not in the papers; here ${found}.`
  return by.effect === published.variantIs ? `**Agrees**: ${found}.` : `**Does not agree**: ${found}.`
}

function effectOf({ interval }: Spread): "better" | "worse" | undefined {
  if (!interval) return undefined
  const [low, high] = interval
  return low > 0 ? "better" : high < 0 ? "worse" : undefined
}

const negated = ({ interval }: Spread): Pick<Spread, "interval"> => ({
  interval: interval && [-interval[1], -interval[0]],
})
