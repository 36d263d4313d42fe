import { ablationBase } from "./ablation-base.ts"
import type { AblationRecord } from "./ablation-record.ts"
import { ablationTable } from "./ablation-table.ts"
import { ablationVariants } from "./ablation-variants.ts"
import { findingsTable } from "./findings-table.ts"
import { kindsTable } from "./kinds-table.ts"
import { stage2Lengths } from "./stage2-lengths.ts"

/**
 * A page of Markdown about ablations: how they were made, the tables, and what they say beside the papers. All of it
 * follows from the record.
 */
export function ablationPage(record: AblationRecord): string {
  const { plan, runs, budget, adapter, remark } = record
  const { world, size } = ablationBase(budget)
  const { pictureText, language, stage1, stage2 } = plan
  const seeds = [...new Set(runs.map(({ seed }) => seed))].sort((a, b) => a - b)
  const { kinds } = runs[0]!
  const asked = kinds.reduce((sum, { total }) => sum + total, 0)
  const isWhole = ablationVariants.every(({ name }) =>
    seeds.every((seed) => runs.some((run) => run.variant === name && run.seed === seed)),
  )
  const { table, count } = findingsTable(record)
  const { minimum, maximum } = world.objects
  return `# What the choices are worth: ablations of nano

Every line of the tables is a LLaVA from random weights, made in the phases of [nano](../packages/nano) (its size is below),
with one thing done otherwise than in the baseline. The baseline learns in all phases, reads the last layer of the image
tower through two layers (\`mlp2x_gelu\`), is tuned on all three kinds of data, projector and language model together, and
says what it sees before it decides.${count && ` ${count}`}

\`\`\`sh
npm run train -- --recipe nano --ablations --seeds ${seeds.length} --budget ${budget} --output runs/nano-ablations
\`\`\`

makes all of it again, goes on where it was stopped, and writes this page from its record.${isWhole ? "" : " **Not every run is done yet.**"}

${ablationTable(record)}

Right answers and the loss on held-out answers (a mean over tokens, questions of all kinds), each with its standard
deviation over ${seeds.length === 1 ? "one seed" : `${seeds.length} seeds`}. Against the baseline stands the mean of the differences seed by seed with its 95 % interval
(Student's). Asked were ${asked} questions about scenes of a split that nothing is trained on, as many of each kind, greedily,
judged by rule: what is claimed must be true of the scene and answer the question. Each seed has other questions, all
variants of a seed the same.

## Beside the papers

${table}

Better or worse is what the 95 % interval of the difference says, that of right answers or else that of the loss. LLaVA's
figures are of other tests and of models a thousand times as large: what is compared is which way a change goes, not how far.

## By kind of question

${kindsTable(record)}

## What more budget gives

![Right answers by steps of stage 2](nano-ablations.svg)

Whole runs of stage 2 with ${stage2Lengths(record)
    .map(({ steps }) => steps)
    .join(", ")} steps, after the same phases before it.

## How they are made

- World: ${world.kinds.length} things, ${world.settings.length} settings, ${minimum} to ${maximum} things at a time. Image tower: ${size.imageLayers} layers of width ${size.width}; language model: ${size.languageLayers} layers.
- ${pictureText.steps} steps of ${pictureText.batchSize} pictures with words, ${language.steps} of ${language.batchSize} dialogues about maps, ${stage1.steps} of ${stage1.batchSize} in stage 1, ${stage2.steps} of ${stage2.batchSize} in stage 2, on ${adapter}.
- Phases that a variant does not change are trained once for each seed, and shared.
- The language model learns all three kinds of data from maps before it sees a picture, whatever stage 2 has of them, as
  Vicuna knew such talk beforehand. With the answer first it learns that order from the beginning.
- Without stage 1 the projector is random when stage 2 begins; a random image tower stays random, for nothing after its
  own phase trains it.
${remark ? `- ${remark}\n` : ""}`
}
