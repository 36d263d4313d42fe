import type { ImageContext } from "../contexts/image-context.ts"
import type { Kind } from "../kinds/kind.ts"
import type { TeacherReply } from "../teacher/teacher.ts"

export interface QuestionAnswer {
  /** Empty until it is drawn, for kinds with a list of questions. */
  question: string
  answer: string
}

/** What is checked of a reply; usage does not matter. */
export type ReplyText = Pick<TeacherReply, "text" | "finishReason">

export interface ReplyProblem {
  /** One of `replyRules`, or of the format. */
  rule: string
  /** What was found, for people. */
  message: string
}

export interface CheckedReply {
  kind: Kind
  context: ImageContext
  reply: ReplyText
  turns: readonly QuestionAnswer[]
}

/** Finds the words that break the rule, undefined where nothing does. */
export type FindProblem = (checked: CheckedReply) => string | undefined

export interface ReplyRule {
  name: string
  /** `reject`: the question is asked again. `flag`: the sample is kept and listed, unless flags are to be rejected. */
  effect: "reject" | "flag"
  find: FindProblem
}
