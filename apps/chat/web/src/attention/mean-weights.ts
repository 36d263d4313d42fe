import type { AttentionReply } from "./attention-reply.ts"

/** The patches' shares of one image: those of one token, or their mean over all. */
export function meanWeights({ weights }: AttentionReply, image: number, token: number | undefined): number[] {
  const rows = (token === undefined ? weights : weights.slice(token, token + 1)).map((images) => images[image] ?? [])
  return (rows[0] ?? []).map((_, patch) => rows.reduce((sum, row) => sum + row[patch]!, 0) / rows.length)
}
