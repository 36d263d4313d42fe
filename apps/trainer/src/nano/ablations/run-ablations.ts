import { mkdir, readdir, rm } from "node:fs/promises"
import { AppError } from "@llava/app-common"
import { openDevice } from "@llava/tensor"
import { INTERRUPTED, Interruption } from "../../setup/interruption.ts"
import { tell } from "../../view/tell.ts"
import { keptTokenizer } from "../kept-tokenizer.ts"
import { trainNanoTokenizer } from "../train-nano-tokenizer.ts"
import { ablationBase } from "./ablation-base.ts"
import type { AblationOptions } from "./ablation-options.ts"
import { ablationSetup } from "./ablation-setup.ts"
import { type AblationVariant, ablationVariants } from "./ablation-variants.ts"
import { openAblationRecord } from "./open-ablation-record.ts"
import { runVariant } from "./run-variant.ts"
import { tellEstimate } from "./tell-estimate.ts"
import { writeAblations } from "./write-ablations.ts"

/**
 * Makes and judges every variant of every seed, one after the other, and writes `OUTPUT/ablations.json` and the page about
 * it after each. A command that was stopped goes on where it was. Exit code.
 */
export async function runAblations({ budget, output, seeds, variants, restart }: AblationOptions): Promise<number> {
  const base = ablationBase(budget)
  const chosen = chooseVariants(variants)
  await mkdir(output, { recursive: true })
  if (restart) await discard(output)
  await using device = await openDevice()
  const variantsNow = ablationVariants.map(({ name, change }) => ({ name, change }))
  const now = { budget, plan: base.plan, adapter: device.profile.name, variants: variantsNow, runs: [] }
  let record = await openAblationRecord(output, now)
  const missing = Array.from({ length: seeds }, (_, index) => index + 1).flatMap((seed) =>
    chosen
      .filter(({ name }) => !record.runs.some((run) => run.variant === name && run.seed === seed))
      .map((variant) => ({ variant, seed })),
  )
  const dialogues = (["observation", "decision"] as const).map((first) => ablationSetup(base, { first }, 1).asked)
  const make = () => trainNanoTokenizer(base.world, base.plan.seed, dialogues)
  const tokenizerJson = await keptTokenizer(output, { make, restart })
  using interruption = new Interruption(() => tell("Stopping after this step; the same command goes on from there."))
  const { signal } = interruption
  await tellEstimate(device, { base, missing, tokenizerJson, output, signal })
  for (const [index, { variant, seed }] of missing.entries()) {
    if (signal.aborted) return INTERRUPTED
    tell(`${index + 1} of ${missing.length}: ${variant.name}, seed ${seed}`)
    const run = await runVariant(device, { base, variant, seed, tokenizerJson, output, signal })
    if (!run) return INTERRUPTED
    record = { ...record, runs: [...record.runs, run] }
    await writeAblations(output, record)
  }
  // Nothing was missing: the page may be of an earlier version.
  if (missing.length === 0) await writeAblations(output, record)
  tell(`${record.runs.length} runs are in ${output}/ablations.json, what they say in ${output}/nano-ablations.md.`)
  return 0
}

function chooseVariants(names: readonly string[] | undefined): readonly AblationVariant[] {
  for (const name of names ?? []) {
    if (ablationVariants.some((variant) => variant.name === name)) continue
    throw new AppError(`There is no variant '${name}'.`, {
      code: "variant-unknown",
      fix: `There are: ${ablationVariants.map((variant) => variant.name).join(", ")}.`,
    })
  }
  return ablationVariants.filter(({ name }) => names?.includes(name) ?? true)
}

async function discard(output: string): Promise<void> {
  const left = (await readdir(output)).filter((name) => /^(seed-\d+|ablations\.json)$/.test(name))
  for (const name of left) await rm(`${output}/${name}`, { recursive: true })
}
