import type { CheckedReply } from "../reply.ts"

/** An answer taken over from the kind's examples, which show other images. */
export function findCopiedExample({ kind, turns }: CheckedReply): string | undefined {
  const examples = kind.examples.map(({ reply }) => shingles(reply))
  for (const { answer } of turns) {
    const own = shingles(answer)
    if (own.size < 4) continue
    for (const example of examples) {
      let common = 0
      for (const shingle of own) if (example.has(shingle)) common++
      if (common / own.size >= 0.6) return answer.slice(0, 80)
    }
  }
  return undefined
}

/** Runs of three words. */
function shingles(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []
  return new Set(words.slice(2).map((_, at) => words.slice(at, at + 3).join(" ")))
}
