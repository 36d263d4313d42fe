import type { CheckedReply } from "../reply.ts"

const tokens =
  /<image>|<\|?(im_start|im_end|endoftext|eot_id|begin_of_text|assistant|user|system|end)\|?>|<\/?s>|\[\/?INST\]|<<SYS>>/i

/** Text that a model reads as more than text: `<image>` stands for pixels, others end a turn. */
export function findSpecialToken({ reply }: CheckedReply): string | undefined {
  return tokens.exec(reply.text)?.[0]
}
