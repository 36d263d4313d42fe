import { JsonLinesJournal, ProgressReport } from "@llava/app-common"
import { answerProblems, describeRun, type RunRecord } from "@llava/eval"
import { checkSameRun, type EvaluatedModel, openEvaluatedModel, versions } from "@llava/eval-app"
import { Command } from "commander"
import { readSelection, type Selection } from "../data/read-selection.ts"
import { addSelectionOptions } from "../data/selection-options.ts"
import { say } from "../output/say.ts"
import { chooseShots } from "../predict/choose-shots.ts"
import { addPredictOptions, type PredictOptions } from "../predict/predict-options.ts"

/** `predict`: a model's answers, one a line. */
export function predictCommand(): Command {
  const command = new Command("predict").description(
    "a model's answers; the same command goes on with a run that was stopped, however",
  )
  return addPredictOptions(addSelectionOptions(command, "test")).action(predict)
}

async function predict(options: PredictOptions): Promise<void> {
  const selection = await readSelection(options, true)
  const { problems, images } = selection
  for (const note of selection.notes) say(note)
  const shots = await chooseShots(selection, options)
  await using opened = await openEvaluatedModel(options.model, options)
  const run = recordOf(opened, options, selection, [...shots.keys()])
  using journal = new JsonLinesJournal(options.output, { restart: options.restart })
  const answered = checkSameRun(journal.records, run, options.output)
  const refused: string[] = []
  const { format, method, direct, batchSize, image } = options
  const batches = answerProblems({
    ...{ model: opened.model, problems, run, answered, format, method, batchSize, imagePlace: image },
    ...(direct !== undefined && { direct }),
    useCaption: options.captions !== undefined,
    shots: [...shots.values()],
    imageOf: (id, problem) => images.file(id, problem),
    ...(options.skipBad === true && {
      onRefused: (id: string, error: Error) => {
        refused.push(id)
        say(`problem ${id} is left out: ${error.message}`)
      },
    }),
  })
  const progress = ProgressReport.onStandardError()
  const before = [...problems.keys()].filter((id) => answered.has(id)).length
  let done = before
  for await (const answers of batches) {
    for (const answer of answers) journal.add(answer)
    done += answers.length
    progress.update({ label: "answering", done, total: problems.size, unit: "problems" })
  }
  progress.finish()
  const left = refused.length === 0 ? "" : `; ${refused.length} left out`
  say(`${done} of ${problems.size} problems are answered in ${options.output}, ${done - before} of them now${left}.`)
}

/** What the answers depend on; the number of problems side by side is no part of it. */
function recordOf(
  { model, identity, adapter }: EvaluatedModel,
  options: PredictOptions,
  { fingerprint }: Selection,
  shotIds: readonly string[],
): RunRecord {
  const { format, method, direct, image, maxNewTokens, temperature, topP, seed } = options
  return describeRun(model, {
    task: "scienceqa",
    questions: { split: options.split, sha256: fingerprint },
    promptFormat: format,
    method,
    direct: direct ?? format === "v1.5",
    imagePlace: image,
    captions: options.captions !== undefined,
    shots: shotIds.length,
    shotIds,
    shotStyle: shotIds.length > 0 ? "turns" : null,
    decoding: { temperature, topP, maxNewTokens, seed },
    model: identity,
    adapter,
    versions: versions(),
  })
}
