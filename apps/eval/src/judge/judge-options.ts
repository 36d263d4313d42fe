import { AppError, numberArgument } from "@llava/app-common"
import type { TeacherSettings } from "@llava/datagen"
import { judgeSettings } from "@llava/eval"
import type { Command } from "commander"

/** How the command line describes a language model that judges or answers from text. */
export interface JudgeOptions {
  baseUrl?: string
  template?: string
  temperature: number
  maxTokens: number
  concurrency?: number
  maxRetries?: number
  requestsPerMinute?: number
  maxRequests?: number
}

const count = numberArgument({ whole: true, minimum: 1 })

/** `option` names the model: `--judge`. */
export function addJudgeOptions(command: Command, option: "judge" | "teacher"): Command {
  return command
    .requiredOption(
      `--${option} <name>`,
      "gpt-4-0314 or any other at an OpenAI-compatible endpoint; local:FOLDER, local:FILE.gguf or local:ID for a model here",
    )
    .option("--base-url <url>", "the endpoint; default OPENAI_BASE_URL or OpenAI's own. The key is OPENAI_API_KEY")
    .option("--template <name>", "a local model's conversation template, where it states none")
    .option("--temperature <n>", "of its replies", numberArgument({ minimum: 0 }), judgeSettings.temperature)
    .option("--max-tokens <n>", "longest reply", count, judgeSettings.maxTokens)
    .option("--concurrency <n>", "questions under way at once (default: 8; 1 for a local model)", count)
    .option(
      "--max-retries <n>",
      "after 408, 409, 429, 5xx and broken replies (default: 6)",
      numberArgument({ whole: true, minimum: 0 }),
    )
    .option("--requests-per-minute <n>", "held below this", count)
    .option("--max-requests <n>", "stop after so many", count)
}

/** The settings of the model that is named. Errors: AppError "command-line" for a local model without a name. */
export function judgeTeacher(name: string, options: JudgeOptions): TeacherSettings {
  const { template, temperature, maxTokens, concurrency, maxRetries, requestsPerMinute, maxRequests } = options
  const isLocal = name.startsWith("local:")
  const model = isLocal ? name.slice("local:".length) : name.replace(/^openai:/, "")
  if (model === "") {
    throw new AppError(`${name} names no model.`, {
      code: "command-line",
      fix: "Write local:FOLDER, or a model's name.",
    })
  }
  const baseUrl = options.baseUrl ?? process.env["OPENAI_BASE_URL"]
  const apiKey = process.env["OPENAI_API_KEY"]
  return {
    ...{ teacher: isLocal ? ("local" as const) : ("openai" as const), model, temperature, maxTokens },
    ...(baseUrl && { baseUrl }),
    ...(apiKey && { apiKey }),
    ...(template !== undefined && { template }),
    ...(concurrency !== undefined && { concurrency }),
    ...(maxRetries !== undefined && { maxRetries }),
    ...(requestsPerMinute !== undefined && { requestsPerMinute }),
    ...(maxRequests !== undefined && { budget: { requests: maxRequests } }),
  }
}
