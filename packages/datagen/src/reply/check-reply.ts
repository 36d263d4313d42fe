import type { ImageContext } from "../contexts/image-context.ts"
import type { Kind } from "../kinds/kind.ts"
import { checkFormat } from "./check-format.ts"
import type { QuestionAnswer, ReplyProblem, ReplyText } from "./reply.ts"
import { replyRules } from "./reply-rules.ts"

export interface ReplyCheck {
  turns: QuestionAnswer[]
  /** Why the reply is not taken; empty for a good one. */
  problems: ReplyProblem[]
  /** What is worth a look in a reply that is taken. */
  flags: ReplyProblem[]
}

/** Checks form and content of one reply. Of one that was cut, by the token limit or a filter, the form is not judged. */
export function checkReply(reply: ReplyText, kind: Kind, context: ImageContext): ReplyCheck {
  const { turns, problems } = checkFormat(reply, kind)
  const all = reply.finishReason === "stop" ? problems : []
  const flags: ReplyProblem[] = []
  for (const { name, effect, find } of replyRules) {
    const message = find({ kind, context, reply, turns })
    if (message !== undefined) (effect === "flag" ? flags : all).push({ rule: name, message })
  }
  return { turns, problems: all, flags }
}
