import { readFileSync } from "node:fs"
import { type ImageContext, imageContextSchema } from "../../contexts/image-context.ts"
import { readKinds } from "../../kinds/read-kinds.ts"
import { checkReply } from "../check-reply.ts"
import type { ReplyText } from "../reply.ts"

interface LabelledReply extends ReplyText {
  context: string
  kind: string
  /** Every rule that the reply breaks, by hand; empty for a good one. */
  labels: string[]
}

export interface RuleScore {
  rule: string
  /** Replies that break the rule, by label. */
  labelled: number
  found: number
  right: number
  /** Replies judged wrongly: `missed: ...` or `wrong: ...`. */
  mistakes: string[]
}

/** How the rules judge the replies labelled by hand, rule by rule; `any` is whether a reply is good at all. */
export async function ruleScores(): Promise<RuleScore[]> {
  const contexts = new Map(
    lines<ImageContext>("labelled-contexts.jsonl").map((each) => [each.id, imageContextSchema.parse(each)]),
  )
  const kinds = new Map(
    (await readKinds(["conversation", "detail", "complex", "counting"])).map((kind) => [kind.name, kind]),
  )
  const scores = new Map<string, RuleScore>()
  for (const { context, kind, labels, ...reply } of lines<LabelledReply>("labelled-replies.jsonl")) {
    const { problems, flags } = checkReply(reply, kinds.get(kind)!, contexts.get(context)!)
    const found = new Set([...problems, ...flags].map(({ rule }) => rule))
    const expected = new Set(labels)
    if (found.size > 0) found.add("any")
    if (expected.size > 0) expected.add("any")
    for (const rule of new Set([...found, ...expected])) {
      const score = scores.get(rule) ?? { rule, labelled: 0, found: 0, right: 0, mistakes: [] }
      scores.set(rule, score)
      if (expected.has(rule)) score.labelled++
      if (found.has(rule)) score.found++
      if (expected.has(rule) && found.has(rule)) score.right++
      else score.mistakes.push(`${found.has(rule) ? "wrong" : "missed"}: ${reply.text}`)
    }
  }
  return [...scores.values()].sort((one, other) => (one.rule < other.rule ? -1 : 1))
}

/** The scores as the table of docs/datagen.md. */
export function scoreTable(scores: readonly RuleScore[]): string {
  const share = (part: number, whole: number) => (whole === 0 ? "-" : (part / whole).toFixed(2))
  const rows = scores.map(({ rule, labelled, found, right }) => {
    const name = rule === "any" ? "any of them" : `\`${rule}\``
    return `| ${name} | ${labelled} | ${found} | ${share(right, found)} | ${share(right, labelled)} |`
  })
  return ["| rule | labelled | found | precision | recall |", "| --- | --- | --- | --- | --- |", ...rows].join("\n")
}

function lines<Item>(name: string): Item[] {
  const text = readFileSync(new URL(name, import.meta.url), "utf8")
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Item)
}
