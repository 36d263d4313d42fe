import { resolve } from "node:path"
import { AppError, numberArgument } from "@llava/app-common"
import { Command } from "commander"
import { dataMixes } from "../ablation/data-mixes.ts"
import { parseAblation } from "../ablation/parse-ablation.ts"
import { report } from "../output/report.ts"

interface Options {
  model: string
  conversation: string
  detail: string
  complex: string
  images?: string
  recipe: string
  set: string[]
  questions: string
  contexts: string
  rules: string
  reference: string
  benchImages: string
  judge: string
  baseUrl?: string
  judgeTemplate?: string
  temperature?: number
  maxTokens?: number
  maxNewTokens?: number
  limit?: number
  output: string
  seed: number
  restart?: boolean
  json?: boolean
}

const count = numberArgument({ whole: true, minimum: 1 })

/** `data-mixes`: what each kind of instruction data is worth, as in table 4 of LLaVA's paper. */
export function dataMixesCommand(): Command {
  return new Command("data-mixes")
    .description(
      "LLaVA-Bench after tuning on five mixes of instruction data, in one table; goes on where it was stopped",
    )
    .requiredOption("--model <name>", "the aligned model that is tuned (and measured as it is)")
    .requiredOption("--conversation <file>", "conversation_58k.json")
    .requiredOption("--detail <file>", "detail_23k.json")
    .requiredOption("--complex <file>", "complex_reasoning_77k.json")
    .option("--images <folder>", "where the images of the data lie (default: here)", ".")
    .option("--recipe <name>", "how it is tuned: a published recipe or a file", "stage2")
    .option("--set <key=value>", "a key of the recipe; may repeat", collect, [])
    .requiredOption("--questions <file>", "qa90_questions.jsonl")
    .requiredOption("--bench-images <folder>", "where its images lie")
    .requiredOption("--contexts <file>", "captions and boxes of its images")
    .requiredOption("--rules <file>", "rule.json")
    .requiredOption("--reference <file>", "answers to compare with")
    .requiredOption("--judge <name>", "as in `review`")
    .option("--base-url <url>", "the judge's endpoint")
    .option("--judge-template <name>", "a local judge's conversation template")
    .option("--temperature <n>", "the judge's (default: 0.2)", numberArgument({ minimum: 0 }))
    .option("--max-tokens <n>", "the judge's longest reply (default: 1024)", count)
    .option("--max-new-tokens <n>", "longest answer (default: 1024)", count)
    .option("--limit <n>", "the first n questions only", count)
    .requiredOption("--output <folder>", "models, answers, reviews and the table")
    .option("--seed <n>", "chooses the samples of shares", numberArgument({ whole: true }), 0)
    .option("--restart", "discard what the folder holds")
    .option("--json", "print one JSON object")
    .action(run)
}

async function run(options: Options): Promise<void> {
  const { questions, contexts, rules, reference, judge, baseUrl, judgeTemplate, temperature, maxTokens } = options
  const { maxNewTokens, limit } = options
  const optional = { baseUrl, judgeTemplate, temperature, maxTokens, maxNewTokens, limit }
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined))
  const config = dataMixes({
    ...options,
    images: options.images,
    set: Object.fromEntries(options.set.map(keyAndValue)),
    bench: { images: options.benchImages, questions, contexts, rules, reference, judge, ...given },
  })
  const plan = parseAblation(config, "data-mixes")
  const { output, restart, json } = options
  const { runAblation } = await import("../ablation/run-ablation.ts")
  const { rows, table } = await runAblation({
    plan,
    output,
    resolve: (path) => resolve(path),
    restart: restart === true,
  })
  report({ json: { name: plan.name, rows }, table }, json === true)
}

function keyAndValue(setting: string): [string, string] {
  const [key = "", value] = setting.split(/=(.*)/s)
  if (value !== undefined) return [key, value]
  throw new AppError(`--set ${setting} has no value.`, { code: "command-line", fix: "Write --set key=value." })
}

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value]
}
