import { Command } from "commander"
import { addPlanOptions, type PlanOptions, readPlan } from "../command-line/plan-options.ts"
import { addTeacherOptions, type TeacherOptions, teacherSettings } from "../command-line/teacher-options.ts"
import type { Terminal } from "../command-line/terminal.ts"
import { estimateRun, type RunEstimate } from "../estimate/estimate-run.ts"
import { costOf } from "../teacher/cost-of.ts"
import { priceOf, type TeacherPrice } from "../teacher/price-of.ts"

interface EstimateOptions extends PlanOptions, TeacherOptions {
  json: boolean
}

/** `estimate`: tokens and money of a run with the same options, before anything is spent. Nothing is asked. */
export function estimateCommand(terminal: Terminal): Command {
  const command = new Command("estimate").description("Print what a run will take, before anything is spent.")
  return addTeacherOptions(addPlanOptions(command))
    .option("--json", "print one JSON object", false)
    .action(async (options: EstimateOptions) => {
      const { contexts, kinds } = await readPlan(options)
      const { samplesPerImage, seed, boxes: withBoxes, attempts, json, model } = options
      const estimates = estimateRun({ contexts: contexts.contexts, kinds, samplesPerImage, seed, withBoxes })
      const once = sum([...estimates.values()])
      const most = scale(once, attempts)
      const { price: given, teacher } = teacherSettings(options, terminal)
      const price = given ?? (teacher === "local" ? { input: 0, output: 0 } : priceOf(model))
      if (json) {
        const cost = (estimate: RunEstimate) => ({ ...estimate, ...(price && { cost: costOf(estimate, price) }) })
        const byKind = Object.fromEntries([...estimates].map(([kind, estimate]) => [kind, cost(estimate)]))
        terminal.print(
          JSON.stringify({
            model,
            images: contexts.contexts.length,
            kinds: byKind,
            once: cost(once),
            most: cost(most),
          }),
        )
        return
      }
      for (const [kind, estimate] of estimates) terminal.print(`${kind.padEnd(14)} ${describe(estimate, price)}`)
      terminal.print(`${"all, asked once".padEnd(14)} ${describe(once, price)}`)
      if (attempts > 1) terminal.print(`at most (every question asked ${attempts} times): ${describe(most, price)}`)
      if (!price)
        terminal.note(
          `The price of ${model} is not known: give it with --price IN,OUT (US dollars per million tokens).`,
        )
    })
}

function describe(estimate: RunEstimate, price: TeacherPrice | undefined): string {
  const { requests, promptTokens, completionTokens } = estimate
  const show = (value: number) => Math.round(value).toLocaleString("en")
  const money = price ? `, about $${costOf(estimate, price).toFixed(2)}` : ""
  return `${show(requests)} requests, ${show(promptTokens)} prompt tokens, ${show(completionTokens)} reply tokens${money}`
}

function sum(estimates: readonly RunEstimate[]): RunEstimate {
  return estimates.reduce(
    (total, { requests, promptTokens, completionTokens }) => ({
      requests: total.requests + requests,
      promptTokens: total.promptTokens + promptTokens,
      completionTokens: total.completionTokens + completionTokens,
    }),
    { requests: 0, promptTokens: 0, completionTokens: 0 },
  )
}

function scale({ requests, promptTokens, completionTokens }: RunEstimate, times: number): RunEstimate {
  return { requests: requests * times, promptTokens: promptTokens * times, completionTokens: completionTokens * times }
}
