import type { CheckedReply } from "../reply.ts"
import { splitSentences } from "../split-sentences.ts"
import { objectNames } from "./object-names.ts"

/** Not what is seen, but what is absent, possible, usual or advised. */
const notAsserted =
  /\b(no|not|none|neither|nor|never|nobody|nothing|without|unlike|instead|if|unless|could|may|might|would|should|can|must|perhaps|possibly|probably|likely|usually|often|typically|generally|sometimes|commonly|such as|like|for example|for instance|e\.g\.|imagine|suggests?|suggesting|avoid|ensure|consider|important|need|needs|people who)\b|n't\b/i

/**
 * An answer that asserts a thing to be there which neither captions nor boxes name. Things are those of the package's list
 * of object names (categories of COCO and other everyday objects with their synonyms); others cannot be judged.
 */
export function findUnknownObject({ context, turns }: CheckedReply): string | undefined {
  const sources = [...context.captions, ...(context.instances ?? []).map(({ category }) => category)]
  const known = new Set(sources.flatMap((text) => objectNames(text)).map(({ group }) => group))
  for (const { question, answer } of turns) {
    const asserted = splitSentences(answer).filter((sentence) => !notAsserted.test(sentence))
    if (/^yes\b/i.test(answer)) asserted.push(question)
    for (const { group, name, isPlain } of asserted.flatMap((sentence) => objectNames(sentence))) {
      if (isPlain && !known.has(group)) return name
    }
  }
  return undefined
}
