import { AppError, numberArgument, ProgressReport } from "@llava/app-common"
import {
  type PromptFormat,
  parseQuestions,
  parseVqaTruths,
  promptFormats,
  type ShotStyle,
  type TaskName,
  tasks,
} from "@llava/eval"
import { Argument, Command, InvalidArgumentError, Option } from "commander"
import { readText } from "../files/read-text.ts"
import { addModelOptions, type ModelOptions } from "../model/model-options.ts"
import { say } from "../output/say.ts"
import { questionOptions } from "../run/question-options.ts"
import { readRunQuestions } from "../run/read-run-questions.ts"
import { runTask } from "../run/run-task.ts"

interface Options extends ModelOptions {
  model: string
  questions: string
  images?: string
  output: string
  splits?: string
  split: string
  format?: PromptFormat
  image?: "first" | "last"
  instruction?: string
  shots: number
  shotStyle: ShotStyle
  examples?: string
  exampleAnswers?: string
  maxNewTokens?: number
  temperature?: number
  topP?: number
  seed?: number
  batchSize?: number
  limit?: number
  restart?: boolean
  skipBad?: boolean
}

const count = numberArgument({ whole: true, minimum: 1 })

/** `run TASK`: a model's answers to a benchmark's questions. */
export function runCommand(): Command {
  const command = new Command("run")
    .description("a model's answers to a benchmark's questions; the same command goes on with a run that was stopped")
    .addArgument(
      new Argument("<task>", "the benchmark (zero-shot is one too, with options of its own)").choices(
        Object.keys(tasks),
      ),
    )
    .requiredOption("--model <name>", "the model: a folder, a .gguf file, a known name or a hub id")
    .requiredOption("--questions <file>", "its questions; for scienceqa with --splits its problems.json")
    .option("--images <folder>", "where the questions' images lie (default: here)")
    .requiredOption("--output <file>", "answers, one a line, added to as they come")
    .option("--splits <file>", "pid_splits.json, for scienceqa")
    .option("--split <name>", "the split, for scienceqa", "test")
    .option("--format <name>", "how scienceqa's problems are asked (default: QCM-LEA)", promptFormat)
    .addOption(
      new Option(
        "--image <place>",
        "where the image stands in a question (default: first; last as in LLaVA v0)",
      ).choices(["first", "last"]),
    )
    .option("--instruction <text>", "after each question, in place of the task's own; '' for none")
    .option("--shots <count>", "solved examples before each question", numberArgument({ whole: true, minimum: 0 }), 0)
    .option("--examples <file>", "questions to draw the examples from, with their answers")
    .option("--example-answers <file>", "their answers, where another file has them")
    .addOption(
      new Option("--shot-style <name>", "examples as earlier turns, or as running text in one turn")
        .choices(["turns", "text"])
        .default("turns"),
    )
    .option("--max-new-tokens <n>", "longest answer (default: the task's, 128 or 1024)", count)
    .option("--temperature <n>", "0 takes the likeliest token (default)", numberArgument({ minimum: 0 }))
    .option(
      "--top-p <n>",
      "sample among the likeliest tokens of this probability",
      numberArgument({ minimum: 0, maximum: 1 }),
    )
    .option("--seed <n>", "of sampling and of examples (default: 0)", numberArgument({ whole: true }))
    .option("--batch-size <n>", "questions side by side on the GPU (default: 1)", count)
    .option("--limit <n>", "ask the first n questions only", count)
    .option("--restart", "discard the answers that the output file holds")
    .option("--skip-bad", "leave out questions that cannot be asked, and say which")
  return addModelOptions(command).action((task: TaskName, options: Options) => run(task, options))
}

async function run(task: TaskName, options: Options): Promise<void> {
  const questions = await readRunQuestions({ task, ...options })
  const shots = await readShots(task, options)
  // Only those who run a model wait for what runs it.
  const { openEvaluatedModel } = await import("../model/open-evaluated-model.ts")
  await using model = await openEvaluatedModel(options.model, options)
  const report = ProgressReport.onStandardError()
  const { maxNewTokens, temperature, topP, seed } = options
  let skipped = 0
  const result = await runTask({
    ...{ task, model, questions, shots, images: options.images, output: options.output },
    ...{
      instruction: options.instruction,
      imagePlace: options.image,
      batchSize: options.batchSize,
      limit: options.limit,
    },
    promptFormat: options.splits === undefined ? undefined : (options.format ?? "QCM-LEA"),
    decoding: {
      ...(maxNewTokens !== undefined && { maxNewTokens }),
      ...(temperature !== undefined && { temperature }),
      ...(topP !== undefined && { topP }),
      ...(seed !== undefined && { seed }),
    },
    restart: options.restart === true,
    onAnswer: (done, total) => report.update({ label: "asking", done, total, unit: "answers" }),
    ...(options.skipBad === true && {
      onRefused: ({ id }, error) => {
        skipped++
        say(`question ${id} is left out: ${error.message}`)
      },
    }),
  })
  report.finish()
  const left = skipped === 0 ? "" : `; ${skipped} left out`
  say(`${result.answered} answers in ${options.output}, ${result.asked} of them new${left}.`)
}

async function readShots(task: TaskName, { shots, shotStyle, examples, exampleAnswers }: Options) {
  if (shots === 0) return undefined
  if (examples === undefined)
    throw new AppError("--shots needs examples.", { code: "command-line", fix: "Add --examples FILE." })
  const { questions } = parseQuestions(await readText(examples), examples, questionOptions(task))
  if (exampleAnswers === undefined) return { count: shots, style: shotStyle, examples: questions }
  const truths = parseVqaTruths(await readText(exampleAnswers), exampleAnswers)
  const solved = questions.map((question) => {
    const answers = truths.get(String(question.id))
    return answers === undefined ? question : { ...question, answers }
  })
  return { count: shots, style: shotStyle, examples: solved }
}

/** There are too many to list in the help. */
function promptFormat(text: string): PromptFormat {
  const found = promptFormats.find((format) => format === text)
  if (found !== undefined) return found
  throw new InvalidArgumentError(`It has to be one of ${promptFormats.join(", ")}.`)
}
