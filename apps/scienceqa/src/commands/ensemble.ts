import { join } from "node:path"
import { AppError, ProgressReport, readEnvironment } from "@llava/app-common"
import { openTeacher } from "@llava/datagen"
import {
  type AnswerFile,
  type ChatMessage,
  fewShotMessages,
  formatAccuracyTable,
  judgeMessages,
  parseAnswer,
  promptFormats,
  scoreEnsemble,
} from "@llava/eval"
import { judgeIdentity, judgeTeacher } from "@llava/eval-app"
import { Command } from "commander"
import { comparedRows } from "../data/compared-rows.ts"
import { readAnswers } from "../data/read-answers.ts"
import { readSelection, type Selection } from "../data/read-selection.ts"
import { addSelectionOptions, type SelectionOptions } from "../data/selection-options.ts"
import { askTextModel } from "../ensemble/ask-text-model.ts"
import { addTextModelOptions, type TextModelOptions } from "../ensemble/text-model-options.ts"
import { printResult } from "../output/print-result.ts"
import { say } from "../output/say.ts"
import { chooseShots } from "../predict/choose-shots.ts"

interface Options extends SelectionOptions, TextModelOptions {
  predictions: string
  textPredictions?: string
  requery?: string
  judge?: boolean
  output?: string
  json?: boolean
}

/** `ensemble`: answers together with those of a text-only model, from files or asked live. */
export function ensembleCommand(): Command {
  const command = new Command("ensemble")
    .description("answers together with those of a text-only model, from files or asked live")
    .requiredOption("--predictions <file>", "answers of the model that sees")
    .option("--text-predictions <file>", "answers of the text-only model")
    .option("--requery <file>", "its answers when shown both: the judge")
    .option("--judge", "ask the text model again where the two differ")
    .option("--output <folder>", "where replies of a model that is asked go; the same command goes on with them")
    .option("--json", "print one JSON object")
  const formats = promptFormats.filter((format) => format !== "v1.5")
  return addTextModelOptions(addSelectionOptions(command, "test"), formats).action(ensemble)
}

async function ensemble(options: Options): Promise<void> {
  const selection = await readSelection(options, false)
  const { problems, known } = selection
  const model = await readAnswers(options.predictions, selection)
  const { textPredictions, requery: requeryFile } = options
  const textModel =
    textPredictions === undefined
      ? await askProblems(options, selection)
      : await readAnswers(textPredictions, selection)
  const requery =
    requeryFile !== undefined
      ? await readAnswers(requeryFile, selection)
      : options.judge === true
        ? await askJudge(options, selection, { model, textModel })
        : undefined
  const score = scoreEnsemble({ problems, known, model, textModel, ...(requery && { requery }) })
  const { table: _, notes, ...json } = score
  const names = ["model", "textModel", "complement", "judge", "upperBound"] as const
  const titles = {
    model: "model",
    textModel: "text model",
    complement: "complement",
    judge: "judge",
    upperBound: "upper bound",
  }
  const rows = names.flatMap((name) => (score[name] === undefined ? [] : [{ name: titles[name], ...score[name] }]))
  const { total, bothRight, bothWrong, textUnparsed, textOutOfRange, textMissing } = score
  const counts = `${total} problems: both right ${bothRight}, both wrong ${bothWrong}; of the text model's answers ${textUnparsed} unparsed, ${textOutOfRange} out of range, ${textMissing} missing.`
  await printResult(
    {
      json,
      text: `${formatAccuracyTable(comparedRows(rows, problems))}\n\n${counts}`,
      notes: [...selection.notes, ...notes],
    },
    options.json === true,
  )
}

/** The text model's own answers, as LLaVA's paper asked GPT-4: solved problems, then the problem. */
async function askProblems(options: Options, selection: Selection): Promise<AnswerFile> {
  const shots = await chooseShots(selection, options)
  const questions = new Map(
    [...selection.problems].map(([id, problem]) => [
      id,
      unbegun(fewShotMessages([...shots.values()], problem, options.format)),
    ]),
  )
  return ask(options, selection, questions, "text")
}

/** Without the assistant's turn that the original leaves begun: endpoints differ in what they make of one. */
function unbegun(messages: readonly ChatMessage[]): ChatMessage[] {
  return messages.slice(0, -1)
}

/** Where the two letters differ it is asked again, with both answers before it. */
async function askJudge(
  options: Options,
  selection: Selection,
  { model, textModel }: { model: AnswerFile; textModel: AnswerFile },
): Promise<AnswerFile | undefined> {
  const questions = new Map(
    [...selection.problems].flatMap(([id, problem]) => {
      const own = textModel.answers.get(id)?.text ?? ""
      const other = model.answers.get(id)?.text ?? ""
      if (parseAnswer(own) === parseAnswer(other)) return []
      return [[id, judgeMessages(problem, { own, other }, options.format)] as const]
    }),
  )
  if (questions.size === 0) {
    say("the two agree everywhere; there is nothing to judge.")
    return undefined
  }
  return ask(options, selection, questions, "judge")
}

async function ask(
  options: Options,
  selection: Selection,
  questions: Parameters<typeof askTextModel>[0]["questions"],
  task: "text" | "judge",
): Promise<AnswerFile> {
  const { textModel, output, seed, format } = options
  if (textModel === undefined || output === undefined) {
    throw new AppError(
      task === "text" ? "There are no answers of a text-only model." : "There is no text-only model to ask.",
      {
        code: "command-line",
        fix: "Add --text-model and --output to ask one; or --text-predictions (and --requery) with files of answers.",
      },
    )
  }
  const settings = judgeTeacher(textModel, options)
  await using teacher = await openTeacher(settings, { hub: await readEnvironment(process.env), onNote: say })
  const identity = await judgeIdentity(teacher, settings)
  const name = String(identity["model"])
  const progress = ProgressReport.onStandardError()
  const file = join(output, `${task}.jsonl`)
  try {
    await askTextModel({
      ...{ teacher, questions, seed, output: file, model: name },
      run: { task: `scienceqa ${task}`, promptFormat: format, seed, model: identity },
      onReply: (done, total) => progress.update({ label: `asking ${name}`, done, total, unit: "problems" }),
      onFailure: (id, error) => say(`problem ${id} has no reply: ${error.message}`),
    })
  } finally {
    progress.finish()
  }
  return readAnswers(file, selection)
}
