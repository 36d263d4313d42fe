import { type Command, InvalidArgumentError, Option } from "commander"
import type { TeacherBudget, TeacherSettings } from "../teacher/teacher-settings.ts"
import { numberArgument } from "./number-argument.ts"
import type { Terminal } from "./terminal.ts"

export interface TeacherOptions {
  teacher: "openai" | "local"
  model: string
  baseUrl?: string
  template?: string
  temperature?: number
  maxTokens?: number
  concurrency?: number
  requestsPerMinute?: number
  tokensPerMinute?: number
  maxRetries?: number
  maxRequests?: number
  maxTotalTokens?: number
  maxCost?: number
  price?: { input: number; output: number }
}

const count = numberArgument({ whole: true, minimum: 1 })
const amount = numberArgument({ minimum: 0 })

export function addTeacherOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--teacher <kind>", "an endpoint that speaks OpenAI's protocol, or a model in this process")
        .choices(["openai", "local"])
        .default("openai"),
    )
    .requiredOption("--model <name>", "its name at the endpoint; locally a folder, a .gguf file or a hub id")
    .option("--base-url <url>", "the endpoint; default OPENAI_BASE_URL or OpenAI's own. The key is OPENAI_API_KEY")
    .option("--template <name>", "a local model's conversation template, where it states none")
    .option("--temperature <n>", "default 0.7", amount)
    .option("--max-tokens <n>", "most tokens of a reply; default 1024", count)
    .option("--concurrency <n>", "questions under way at once; default 8", count)
    .option("--requests-per-minute <n>", "held below this", count)
    .option("--tokens-per-minute <n>", "held below this", count)
    .option(
      "--max-retries <n>",
      "after 408, 409, 429, 5xx and broken streams; default 6",
      numberArgument({ whole: true, minimum: 0 }),
    )
    .option("--max-requests <n>", "budget: stop after so many requests", numberArgument({ whole: true, minimum: 0 }))
    .option("--max-total-tokens <n>", "budget: stop after so many tokens", numberArgument({ whole: true, minimum: 0 }))
    .option("--max-cost <dollars>", "budget: stop after so much money", amount)
    .option(
      "--price <in,out>",
      "US dollars per million tokens of prompt and reply, for models not in the table",
      prices,
    )
}

/** Settings of the options; key and default address from the environment. */
export function teacherSettings(options: TeacherOptions, { environment }: Terminal): TeacherSettings {
  const { maxRequests, maxTotalTokens, maxCost, teacher, model } = options
  const budget: TeacherBudget = {
    ...(maxRequests !== undefined && { requests: maxRequests }),
    ...(maxTotalTokens !== undefined && { tokens: maxTotalTokens }),
    ...(maxCost !== undefined && { cost: maxCost }),
  }
  const baseUrl = options.baseUrl ?? environment["OPENAI_BASE_URL"]
  const apiKey = environment["OPENAI_API_KEY"]
  const { template, temperature, maxTokens, concurrency, requestsPerMinute, tokensPerMinute, maxRetries, price } =
    options
  return {
    teacher,
    model,
    ...(baseUrl && { baseUrl }),
    ...(apiKey && { apiKey }),
    ...(template !== undefined && { template }),
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { maxTokens }),
    ...(concurrency !== undefined && { concurrency }),
    ...(requestsPerMinute !== undefined && { requestsPerMinute }),
    ...(tokensPerMinute !== undefined && { tokensPerMinute }),
    ...(maxRetries !== undefined && { maxRetries }),
    ...(price && { price }),
    ...(Object.keys(budget).length > 0 && { budget }),
  }
}

function prices(text: string): { input: number; output: number } {
  const [input = Number.NaN, output = Number.NaN, ...rest] = text.split(",").map(Number)
  if (input >= 0 && output >= 0 && rest.length === 0) return { input, output }
  throw new InvalidArgumentError("It has to be two numbers, such as 0.15,0.6.")
}
