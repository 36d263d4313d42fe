import { readFile } from "node:fs/promises"
import { Command } from "commander"
import type { Surroundings } from "../command-line/surroundings.ts"
import { judgeFile } from "../judge/judge-file.ts"
import { readWorld } from "../world/read-world.ts"

interface JudgeOptions {
  world: string
  questions: string
  answers: string
}

/** `judge`: how many answers of a model are right, by kind of question. */
export function judgeCommand({ stdout }: Surroundings): Command {
  return new Command("judge")
    .description("Count the right answers to the questions that `make` wrote, by kind of question.")
    .option("--world <name>", "the world of the questions: a name, or a JSON file", "small")
    .requiredOption("--questions <file>", "questions_*.jsonl")
    .requiredOption("--answers <file>", "JSON lines of { question_id, text }, as LLaVA's evaluation writes")
    .action(async ({ world, questions, answers }: JudgeOptions) => {
      const result = judgeFile({
        world: await readWorld(world),
        questions: { file: questions, text: await readFile(questions, "utf8") },
        answers: { file: answers, text: await readFile(answers, "utf8") },
      })
      const rows = [...result.kinds, ["all", result.all] as const]
      const width = Math.max(...rows.map(([kind]) => kind.length))
      for (const [kind, { right, count }] of rows) {
        const share = ((100 * right) / count).toFixed(1).padStart(5)
        stdout.write(`${kind.padEnd(width)}  ${share} %  ${right} of ${count}\n`)
      }
    })
}
