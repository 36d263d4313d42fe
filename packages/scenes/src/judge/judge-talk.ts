import type { TalkTopic } from "../dialogue/about.ts"
import type { Scene } from "../scene/scene.ts"
import { findsFalseClaim } from "./finds-false-claim.ts"
import { readClaims } from "./read-claims.ts"

/** What a fitting answer has in it. */
const fitting: Readonly<Record<TalkTopic, RegExp>> = {
  greeting: /\b(hello|hi|hey|good (morning|day|evening)|welcome)\b/i,
  farewell: /\b(bye|goodbye|see you|farewell|good night)\b/i,
  thanks: /\b(welcome|pleasure|glad|happy to|thank)/i,
  identity: /\b(nano|llava|model)\b/i,
  ability: /\b(scenes?|pictures?|images?|what is there)\b/i,
  outside: /\b(only|cannot|can't|not|beyond|no idea|unable)\b/i,
  "no-picture": /\b(no|give|show|need|without|send|missing)\b.*\b(picture|image|scene)/i,
}

/** Whether an answer fits the topic and says nothing wrong of the scene, or nothing of one where there is none. */
export function judgeTalk(topic: TalkTopic, answer: string, scene: Scene | undefined): boolean {
  const claims = readClaims(answer)
  if (!fitting[topic].test(answer)) return false
  return scene ? !findsFalseClaim(scene, answer, claims) : claims.length === 0
}
