import type { ConversationFormat } from "./conversation-format.ts"
import type { Segment, Turn } from "./template.ts"

/**
 * The text that the first LLaVA and Vicuna v0 were trained on (`_add_speaker_and_signal` and `_mask_targets` of
 * llava/train/train.py): `### Role: text` and a newline for each turn, `### ` at the end. It is not the text that
 * they are prompted with. The `###` before a question is learned: by it the model says that it has finished.
 */
export function renderV0Training(format: ConversationFormat, system: string, turns: readonly Turn[]): Segment[] {
  const segments: Segment[] = [{ text: `${system}\n\n`, learned: false }]
  for (const turn of turns) {
    const isUser = turn.role === "user"
    segments.push({ text: "###", learned: true })
    segments.push({
      text: ` ${isUser ? format.roles.user : format.roles.assistant}: ${turn.text}\n`,
      learned: !isUser,
    })
  }
  segments.push({ text: "### ", learned: true })
  return segments
}
