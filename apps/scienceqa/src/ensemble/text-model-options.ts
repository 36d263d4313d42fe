import { numberArgument } from "@llava/app-common"
import type { PromptFormat } from "@llava/eval"
import type { JudgeOptions } from "@llava/eval-app"
import { type Command, Option } from "commander"
import type { ShotOptions } from "../predict/choose-shots.ts"

/** A text-only model that is asked live, and how. */
export interface TextModelOptions extends JudgeOptions, ShotOptions {
  textModel?: string
  format: Exclude<PromptFormat, "v1.5">
}

const count = numberArgument({ whole: true, minimum: 1 })
const whole = numberArgument({ whole: true, minimum: 0 })

export function addTextModelOptions(command: Command, formats: readonly string[]): Command {
  return command
    .option(
      "--text-model <name>",
      "ask this text-only model: a name at an OpenAI-compatible endpoint; local:FOLDER, local:FILE.gguf or local:ID for one here",
    )
    .option("--base-url <url>", "the endpoint (default: OPENAI_BASE_URL, or OpenAI's own); the key is OPENAI_API_KEY")
    .option("--template <name>", "a local text model's conversation template, where it states none")
    .option("--temperature <n>", "of its replies", numberArgument({ minimum: 0 }), 0)
    .option("--max-tokens <n>", "longest reply", count, 512)
    .option("--concurrency <n>", "questions under way at once (default: 8; 1 for a local model)", count)
    .option("--max-retries <n>", "after 408, 409, 429, 5xx and broken replies (default: 6)", whole)
    .option("--requests-per-minute <n>", "held below this", count)
    .option("--max-requests <n>", "stop after so many", count)
    .addOption(new Option("--format <name>", "how it is asked").choices([...formats]).default("QCM-ALE"))
    .option("--shots <n>", "solved problems before each", whole, 2)
    .option("--shot-ids <ids...>", "these solved problems")
    .option("--shots-from <file>", "problems to draw them from (default: the problems themselves)")
    .option("--shots-split <name>", "the split to draw them from", "train")
    .option("--seed <n>", "of shots and replies", whole, 0)
}
