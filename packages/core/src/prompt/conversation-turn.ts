/** One turn as LLaVA's files write it: `from` is `human` or `gpt`, `<image>` in `value` stands for an image. */
export interface ConversationTurn {
  readonly from: string
  readonly value: string
}
