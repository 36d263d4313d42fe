import type { Llava } from "@llava/model"
import { DeviceLostError } from "@llava/tensor"
import { train } from "@llava/train"
import type { TrainerOptions } from "../command-line/trainer-options.ts"
import { LivePage } from "../page/live-page.ts"
import { chooseRecipe } from "../setup/choose-recipe.ts"
import { INTERRUPTED, Interruption } from "../setup/interruption.ts"
import { openDatasets } from "../setup/open-datasets.ts"
import { openTrainingModel } from "../setup/open-training-model.ts"
import { SkippedSamples } from "../view/skipped-samples.ts"
import { tell } from "../view/tell.ts"
import { TrainingView } from "../view/training-view.ts"

/** Trains as the command line says; the exit code is 130 where Ctrl-C stopped it. */
export async function trainModel(options: TrainerOptions): Promise<number> {
  const output = options.output!
  const recipe = await chooseRecipe(options)
  const data = await openDatasets(options, recipe.skipBad)
  await using page = options.port === undefined ? undefined : await LivePage.open(output, options.port)
  if (page) tell(`the run is shown at ${page.address}`)
  const skipped = new SkippedSamples()
  for (let lostAt = -1, last = 0, restart = options.restart; ; restart = false) {
    await using model = await openTrainingModel(options, recipe)
    const view = new TrainingView(process.stderr, { dumb: process.env["TERM"] === "dumb" })
    using interruption = new Interruption(() => view.note("saving; Ctrl-C again leaves at once."))
    const { signal } = interruption
    announce(model, recipe.template)
    try {
      const steps = train({
        ...{ model, ...data, recipe, output, restart, signal, featureCache: options.featureCache },
        tensorboard: options.tensorboard,
        onSkipped: (id, error) => skipped.add(id, error),
        onValidated: ({ step, loss }) => view.note(`after step ${step} the validation loss is ${loss.toFixed(4)}.`),
        onAnswered: ({ step, answers }) => view.answers(step, answers),
      })
      for await (const step of steps) {
        last = step.step
        view.step(step)
        page?.changed()
      }
    } catch (error) {
      view.finish()
      if (!(error instanceof DeviceLostError) || last <= lostAt) throw error
      lostAt = last
      tell(`the GPU was lost after step ${last} (${error.message}); going on from the last checkpoint.`)
      continue
    }
    view.finish()
    for (const line of skipped.lines()) tell(line)
    if (signal.aborted) {
      tell(`stopped after step ${last}, which is saved; the same command goes on from there.`)
      return INTERRUPTED
    }
    tell(`the model is in ${output}/model, the report in ${output}/report.html.`)
    return 0
  }
}

/** A template in the model's config that is passed over is worth a word. */
function announce(model: Llava, template: string | null): void {
  const stated = model.options.source?.manifest?.template
  if (template === null || template === "plain" || stated === undefined || stated === template) return
  tell(`the model states the template ${stated}; it is trained in ${template}, as the recipe says.`)
}
