/** What a reply to a yes-or-no question counts as, and whether it says either word at all. */
export interface Reply {
  answer: "yes" | "no"
  parsed: boolean
}

/**
 * POPE's rule, as in LLaVA's `eval_pope.py`: `no` where the first sentence, which ends at the first full stop, has the
 * word No, not or no after commas are taken out; else `yes`. A reply with neither word anywhere is not parsed.
 */
export function parseReply(text: string): Reply {
  const sentence = text.split(".", 1)[0] ?? ""
  const words = sentence.replaceAll(",", "").split(/\s+/)
  const isNo = words.some((word) => word === "No" || word === "not" || word === "no")
  return { answer: isNo ? "no" : "yes", parsed: isNo || /\b(yes|no|not)\b/i.test(text) }
}
