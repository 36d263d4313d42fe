import type { CheckedReply } from "../reply.ts"

const patterns = [
  /\b(cannot|can not|can't|could not|couldn't) be (definitely |definitively |fully |precisely |exactly )?(determined|confirmed|told|known|identified|answered|said|seen clearly)\b/i,
  /\b(not|n't) (entirely |completely |quite |exactly |very |specifically |immediately )?(clear|possible to (tell|say|determine|know|see)|certain|known)\b(?! (skies|sky|water|day))/i,
  /\b(is|are|it's|remains?) (unclear|unknown|uncertain|impossible to (tell|say|determine|know)|(hard|difficult) to (tell|say|determine|know|make out))\b/i,
  /\b(no|not enough|insufficient) information\b/i,
  /\b(I|we) (do not|don't|cannot|can't) (know|tell|determine|say)\b/i,
  /\b(I am|I'm) not sure\b/i,
]

/** An answer that says that it does not know: only questions with a definite answer were asked for. */
export function findIndefiniteAnswer({ turns }: CheckedReply): string | undefined {
  for (const { answer } of turns) {
    for (const pattern of patterns) {
      const found = pattern.exec(answer.replaceAll("’", "'"))?.[0]
      if (found !== undefined) return found
    }
  }
  return undefined
}
