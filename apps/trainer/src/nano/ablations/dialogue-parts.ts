import type { NanoDialogue } from "../nano-questions.ts"
import type { DialoguePart } from "./ablation-change.ts"

/**
 * The three kinds of data that LLaVA was tuned on (Liu et al. 2023, section 3), each with the questions about scenes that
 * stand for it, and how often these are asked.
 */
export const dialogueParts: Readonly<Record<DialoguePart, NanoDialogue["kinds"]>> = {
  conversation: { what: 2, where: 2, "yes-no": 2, setting: 1, "setting-yes-no": 1 },
  detail: { describe: 2 },
  reasoning: { category: 2, reasoning: 2 },
}
