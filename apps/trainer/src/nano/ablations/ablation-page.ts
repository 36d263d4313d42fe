import { ablationBase } from "./ablation-base.ts"
import type { AblationRecord } from "./ablation-record.ts"
import { ablationTable } from "./ablation-table.ts"
import { type AblationVariant, ablationVariants } from "./ablation-variants.ts"
import { compareRuns } from "./compare-runs.ts"
import { judgeFinding } from "./judge-finding.ts"
import { shareRight } from "./share-right.ts"

const baseline = ablationVariants[0]!.name

/** A page of Markdown about ablations: how they were made, the table, and what it says beside the papers. All of it follows from the record. */
export function ablationPage(record: AblationRecord): string {
  const { plan, runs, budget, adapter } = record
  const { world, size } = ablationBase(budget)
  const seeds = [...new Set(runs.map(({ seed }) => seed))].sort((a, b) => a - b)
  const first = runs.find(({ variant }) => variant === baseline) ?? runs[0]!
  const asked = first.kinds.reduce((sum, { total }) => sum + total, 0)
  const commonest = first.kinds.reduce((sum, kind) => sum + kind.commonest * kind.total, 0) / asked
  const isWhole = ablationVariants.every(({ name }) =>
    seeds.every((seed) => runs.some((run) => run.variant === name && run.seed === seed)),
  )
  const { minimum, maximum } = world.objects
  return `# What the choices are worth: ablations of nano

Every line of the table is a LLaVA from random weights, made as [nano](../packages/nano) is but smaller: one thing is done
otherwise than in the baseline. The baseline learns in all phases, reads the last layer of the image tower through two
layers (\`mlp2x_gelu\`), is tuned on all three kinds of data, projector and language model together, and says what it sees
before it decides.

\`\`\`sh
npm run train -- --recipe nano --ablations --seeds ${seeds.length} --budget ${budget} --output runs/nano-ablations
\`\`\`

makes it again (it goes on where it was stopped) and writes this page from \`ablations.json\`.${isWhole ? "" : " **Not every run is done yet.**"}

${ablationTable(record)}

Percent of right answers, with the standard deviation over ${seeds.length} seeds (${seeds.join(", ")}); what is against the baseline is
the mean of the differences seed by seed with its 95 % interval (Student's). ${asked} questions about held-out scenes, as many
of each kind (${first.kinds.map(({ kind }) => kind).join(", ")}), judged by rule; always giving the commonest answer is right in
${(100 * commonest).toFixed(1)} %. The loss is that of held-out answers, per token, to questions of all kinds.

World: ${world.kinds.length} things, ${world.settings.length} settings, ${minimum} to ${maximum} things at a time. Image tower ${size.imageLayers} layers and language model ${size.languageLayers} layers of width ${size.width}.
Steps: ${plan.pictureText.steps} of ${plan.pictureText.batchSize} pictures with words, ${plan.language.steps} of ${plan.language.batchSize} dialogues about maps, ${plan.stage1.steps} of ${plan.stage1.batchSize} in stage 1, ${plan.stage2.steps} of ${plan.stage2.batchSize} in stage 2.
Adapter: ${adapter}. Phases that a variant does not change are trained once for each seed; the language model
knows all three kinds of data from maps before it sees a picture, whatever stage 2 has, as Vicuna knew such talk.
"Answer first" learns its language in that order, too.

## Beside the papers

| | found with LLaVA | here |
|---|---|---|
${ablationVariants
  .filter(({ name, change }) => name !== baseline && change.stage2Length === undefined)
  .map((variant) => finding(record, variant))
  .join("\n")}

Found better or worse is what the 95 % interval of the difference says, of right answers or else of the loss; what it leaves
open stays undecided. LLaVA's figures are of other tests on models a thousand times as large: compared is which way
a change goes, not how far.

## What more budget gives

![Right answers by steps of stage 2](nano-ablations.svg)

Whole runs of stage 2 with ${lengthsOf(record).join(", ")} steps after the same phases before it.
`
}

function finding({ runs }: AblationRecord, { name, change, published }: AblationVariant): string {
  const pair = { variant: name, baseline }
  const right = compareRuns(runs, pair, shareRight)
  const loss = change.first === undefined ? compareRuns(runs, pair, (run) => run.loss) : undefined
  const here = right ? judgeFinding({ right, loss }, published) : "Not made yet."
  return `| ${name} | ${published ? `${published.found} (${published.source})` : ""} | ${here} |`
}

function lengthsOf({ plan, runs }: AblationRecord): number[] {
  return ablationVariants
    .filter(({ name, change }) => {
      const isLength = Object.keys(change).every((key) => key === "stage2Length")
      return isLength && runs.some(({ variant }) => variant === name)
    })
    .map(({ change }) => Math.round(plan.stage2.steps * (change.stage2Length ?? 1)))
    .sort((a, b) => a - b)
}
