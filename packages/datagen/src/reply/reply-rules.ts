import type { ReplyRule } from "./reply.ts"
import { findCoordinates } from "./rules/find-coordinates.ts"
import { findCopiedExample } from "./rules/find-copied-example.ts"
import { findIndefiniteAnswer } from "./rules/find-indefinite-answer.ts"
import { findMentionOfSource } from "./rules/find-mention-of-source.ts"
import { findRefusal } from "./rules/find-refusal.ts"
import { findRepetition } from "./rules/find-repetition.ts"
import { findSpecialToken } from "./rules/find-special-token.ts"
import { findTruncation } from "./rules/find-truncation.ts"
import { findUnknownObject } from "./rules/find-unknown-object.ts"

/** The rules of content, besides those of form in `checkFormat`. How good each is stands in docs/datagen.md. */
export const replyRules: readonly ReplyRule[] = [
  { name: "truncated", effect: "reject", find: findTruncation },
  { name: "refusal", effect: "reject", find: findRefusal },
  { name: "mentions-source", effect: "reject", find: findMentionOfSource },
  { name: "coordinates", effect: "reject", find: findCoordinates },
  { name: "indefinite", effect: "reject", find: findIndefiniteAnswer },
  { name: "repetition", effect: "reject", find: findRepetition },
  { name: "special-token", effect: "reject", find: findSpecialToken },
  { name: "copied-example", effect: "reject", find: findCopiedExample },
  { name: "unknown-object", effect: "flag", find: findUnknownObject },
]
